package org.speechemotion.live;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.speechemotion.asr.SpeechRecognizer;

/**
 * Recognises the words of all live recordings with one speech recogniser, in separate threads. A channel is transcribed by one
 * thread at a time, and the channels take turns. It is thread-safe.
 */
public final class Transcriber implements AutoCloseable {
    /** The time after which a busy thread is no longer waited for. */
    private static final long CLOSE_SECONDS = 60;

    private final SpeechRecognizer recognizer;
    private final ExecutorService threads;

    /**
     * Starts the threads.
     *
     * @param recognizer the recogniser, which takes the sample rate of the emotion model's encoder; this object closes it
     */
    public Transcriber(SpeechRecognizer recognizer, int threads) {
        this.recognizer = recognizer;
        AtomicInteger count = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "transcriber-" + count.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins a channel. */
    TranscribedChannel begin(TranscribedChannel.Listener listener) {
        return new TranscribedChannel(recognizer, this, listener);
    }

    /** Runs a task later; returns false if this object is closed. */
    boolean run(Runnable task) {
        try {
            threads.execute(task);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    /** Ends the threads and closes the recogniser; waits a minute at most for the audio that has arrived. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                recognizer.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
