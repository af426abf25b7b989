package org.speechemotion.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.model.EmotionModel;
import org.speechemotion.scoring.ClipBatches;
import org.speechemotion.scoring.ClipScore;

/**
 * Scores the windows of all live recordings with one model, in separate threads. A thread takes the windows that wait, at most
 * a batch, as soon as it is free, so a window never waits for a batch to fill. The recordings bound the number of windows that
 * wait. It is thread-safe.
 */
public final class WindowScorer implements AutoCloseable {
    /** The time after which a busy thread is no longer waited for. */
    private static final long CLOSE_MILLISECONDS = 60_000;

    private final Deque<Task> waiting = new ArrayDeque<>();
    private final List<Thread> threads = new ArrayList<>();
    private final int batchSize;
    private boolean closed;

    /**
     * Starts the threads.
     *
     * @param encoder the encoder, which this class does not close
     * @param models opens the network, once for each thread
     * @param batchSize the maximum number of windows that are predicted together
     */
    public WindowScorer(Encoder encoder, Supplier<EmotionModel> models, int batchSize, int threads) {
        this.batchSize = batchSize;
        for (int i = 0; i < threads; i++) {
            ClipBatches<ClipScore> batches = ClipBatches.predicting(encoder, models.get(), batchSize, false);
            Thread thread = new Thread(() -> run(batches), "window-scorer-" + i);
            thread.setDaemon(true);
            this.threads.add(thread);
        }
        this.threads.forEach(Thread::start);
    }

    /**
     * A window that waits for its score.
     *
     * @param owner whose windows are discarded together
     * @param samples {@code [time]}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Task(Object owner, float[] samples, Answer answer) {}

    /** Takes the score of a window, or the reason why there is none. */
    interface Answer {
        void score(ClipScore score);

        void failure(Throwable cause);
    }

    /** Adds a window. Its answer comes from another thread, or at once if this object is closed. */
    void add(Task task) {
        synchronized (this) {
            if (!closed) {
                waiting.add(task);
                notifyAll();
                return;
            }
        }
        task.answer.failure(new CancellationException("the scorer is closed"));
    }

    /** Removes the windows of an owner that wait, which get no answer. */
    synchronized void discard(Object owner) {
        waiting.removeIf(task -> task.owner == owner);
    }

    private void run(ClipBatches<ClipScore> batches) {
        for (List<Task> batch = take(); !batch.isEmpty(); batch = take()) {
            List<ClipScore> scores;
            try {
                scores = batches.run(batch.stream().map(Task::samples).toList());
            } catch (RuntimeException | Error failure) {
                batch.forEach(task -> task.answer.failure(failure));
                continue;
            }
            for (int i = 0; i < scores.size(); i++) {
                answer(batch.get(i).answer, scores.get(i));
            }
        }
    }

    /** Gives a score to its recording, whose consumer of events may fail. That must not end the thread. */
    private static void answer(Answer answer, ClipScore score) {
        try {
            answer.score(score);
        } catch (RuntimeException | Error failure) {
            answer.failure(failure);
        }
    }

    /** Returns the next windows, or an empty list if there will be none. */
    private synchronized List<Task> take() {
        try {
            while (waiting.isEmpty() && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            return List.of();
        }
        List<Task> batch = new ArrayList<>();
        while (batch.size() < batchSize && !waiting.isEmpty()) {
            batch.add(waiting.remove());
        }
        return batch;
    }

    /** Scores the windows that wait, and ends the threads; waits for each of them a minute at most. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            for (Thread thread : threads) {
                thread.join(CLOSE_MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
