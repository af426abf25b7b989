package org.speechemotion.encoder.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that share the tasks of one caller, who is the first of them. A forward has some hundred short steps, so
 * helpers look out for the next one for a moment before they sleep.
 */
final class Team implements AutoCloseable {
    /** About 20 µs. */
    private static final int LOOKS = 400;

    private static final Work END = new Work(null, 0);

    private final List<Thread> helpers = new ArrayList<>();
    private volatile Work work;

    /** One task of many. */
    @FunctionalInterface
    interface Task {
        /**
         * Does it.
         *
         * @param worker from 0, who does it: of the tasks that run at a time, no two have the same
         */
        void run(int index, int worker);
    }

    /** @param size with the caller, at least 1 */
    Team(int size) {
        for (int worker = 1; worker < size; worker++) {
            int self = worker;
            Thread helper = new Thread(() -> help(self), "encoder-" + worker);
            helper.setDaemon(true);
            helper.start();
            helpers.add(helper);
        }
    }

    int size() {
        return helpers.size() + 1;
    }

    /** Runs tasks 0 to count − 1, each once, in any order, and returns when all are done. */
    void run(int count, Task task) {
        if (count <= 1 || helpers.isEmpty()) {
            for (int index = 0; index < count; index++) {
                task.run(index, 0);
            }
            return;
        }
        Work mine = new Work(task, count);
        work = mine;
        helpers.forEach(LockSupport::unpark);
        mine.take(0);
        mine.await();
    }

    @Override
    public void close() {
        work = END;
        helpers.forEach(LockSupport::unpark);
    }

    private void help(int worker) {
        Work last = null;
        while (last != END) {
            Work next = work;
            for (int look = 0; next == last; look++) {
                if (look < LOOKS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
                next = work;
            }
            last = next;
            last.take(worker);
        }
    }

    /** Tasks under way. */
    private static final class Work {
        private final Task task;
        private final int count;
        private final Thread caller = Thread.currentThread();
        private final AtomicInteger taken = new AtomicInteger();
        private final AtomicInteger left;
        private volatile Throwable failure;

        Work(Task task, int count) {
            this.task = task;
            this.count = count;
            left = new AtomicInteger(count);
        }

        void take(int worker) {
            for (int index = taken.getAndIncrement(); index < count; index = taken.getAndIncrement()) {
                try {
                    task.run(index, worker);
                } catch (RuntimeException | Error e) {
                    failure = e;
                }
                if (left.decrementAndGet() == 0 && Thread.currentThread() != caller) {
                    LockSupport.unpark(caller);
                }
            }
        }

        void await() {
            boolean interrupted = false;
            for (int look = 0; left.get() > 0; look++) {
                if (look < LOOKS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                    interrupted |= Thread.interrupted();
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
        }
    }
}
