package org.speechemotion.encoder.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that share the tasks of one caller, which is the first worker. A forward pass has about a hundred short steps, so
 * workers spin for a moment before they sleep.
 */
final class WorkerPool implements AutoCloseable {
    /** About 20 µs of spinning. */
    private static final int MAX_SPINS = 400;

    private static final Work END = new Work(null, 0);

    private final List<Thread> helpers = new ArrayList<>();
    private volatile Work work;

    /** One task of a run. */
    @FunctionalInterface
    interface Task {
        /**
         * Executes the task.
         *
         * @param index the index of the task
         * @param worker the index of the worker, which is unique among concurrent tasks
         */
        void run(int index, int worker);
    }

    /** @param size the number of workers including the caller, at least 1 */
    WorkerPool(int size) {
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

    /** Runs the tasks 0 to count − 1 in any order and returns when all are done. */
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
        mine.help(0);
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
            for (int spins = 0; next == last; spins++) {
                if (spins < MAX_SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
                next = work;
            }
            last = next;
            last.help(worker);
        }
    }

    /** The tasks of one run. */
    private static final class Work {
        private final Task task;
        private final int count;
        private final Thread caller = Thread.currentThread();
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger left;
        private volatile Throwable failure;

        Work(Task task, int count) {
            this.task = task;
            this.count = count;
            left = new AtomicInteger(count);
        }

        void help(int worker) {
            for (int index = next.getAndIncrement(); index < count; index = next.getAndIncrement()) {
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
            for (int spins = 0; left.get() > 0; spins++) {
                if (spins < MAX_SPINS) {
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
