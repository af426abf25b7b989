package org.speechemotion.infer;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.speechemotion.audio.ClipSource;
import org.speechemotion.audio.Decoding;

/**
 * Reads and decodes, in a thread of its own, what will be asked for next, so that a scorer does not wait for files while
 * it could encode. What it holds is bounded.
 */
public final class DecodeAhead implements ClipSource, AutoCloseable {
    /** Of audio, in s: 38 MB at 16 kHz. */
    private static final double MOST_SECONDS = 600;

    private static final int MOST_CLIPS = 64;

    private final Queue<Decoded> ready = new ArrayDeque<>();
    private final Thread thread;
    private double seconds;
    private boolean closed;

    /** What became of a path; a failure that is not the file's own is passed on to who asks. */
    private record Decoded(String path, Decoding decoding, Throwable failure) {
        double seconds() {
            return decoding instanceof Decoding.Audio audio ? audio.waveform().durationSeconds() : 0;
        }
    }

    /**
     * Begins.
     *
     * @param paths in the order in which they will be asked for
     * @param source serves the thread alone
     */
    public DecodeAhead(List<String> paths, ClipSource source) {
        thread = new Thread(
                () -> paths.stream().takeWhile(path -> decode(path, source)).forEach(path -> {}));
        thread.setName("decode-ahead");
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether to go on. */
    private boolean decode(String path, ClipSource source) {
        Decoded decoded;
        try {
            decoded = new Decoded(path, source.read(path), null);
        } catch (Throwable failure) {
            decoded = new Decoded(path, null, failure);
        }
        return hand(decoded) && decoded.failure == null;
    }

    private synchronized boolean hand(Decoded decoded) {
        try {
            while (!closed && !ready.isEmpty() && (ready.size() >= MOST_CLIPS || seconds >= MOST_SECONDS)) {
                wait();
            }
        } catch (InterruptedException e) {
            return false;
        }
        ready.add(decoded);
        seconds += decoded.seconds();
        notifyAll();
        return !closed;
    }

    /**
     * The next one.
     *
     * @throws IllegalStateException where the path is not the next, or the wait was interrupted
     */
    @Override
    public Decoding read(String path) {
        Decoded decoded = take();
        if (decoded.failure instanceof Error error) {
            throw error;
        }
        if (decoded.failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (!decoded.path.equals(path)) {
            throw new IllegalStateException(path + " was asked for; the next is " + decoded.path);
        }
        return decoded.decoding;
    }

    private synchronized Decoded take() {
        try {
            while (ready.isEmpty()) {
                if (closed) {
                    throw new IllegalStateException("closed");
                }
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        Decoded decoded = ready.remove();
        seconds -= decoded.seconds();
        notifyAll();
        return decoded;
    }

    @Override
    public synchronized void close() {
        closed = true;
        ready.clear();
        notifyAll();
        thread.interrupt();
    }
}
