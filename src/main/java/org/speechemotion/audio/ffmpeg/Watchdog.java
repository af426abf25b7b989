package org.speechemotion.audio.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * Reads the messages of a process and kills it if it makes no progress. The time in which its file is being read, or its
 * samples are being used, is not its own and does not count.
 */
final class Watchdog extends Thread {

    private static final long INTERVAL_NANOS = 20_000_000;
    private static final int MAX_MESSAGE_BYTES = 1 << 14;
    private static final int MAX_ROUNDS = 16;
    private static final int MAX_LINES = 8;
    private static final int MAX_LINE_LETTERS = 200;

    /** Addresses differ from run to run. */
    private static final Pattern ADDRESS = Pattern.compile(" @ (0x)?[0-9a-fA-F]+");

    /** The linker's remark on {@link StubLibrary}. */
    private static final String NO_VERSION = "no version information available";

    private static final String NOT_WHITELISTED = "not on whitelist";
    private static final String REPEATED = "Last message repeated";

    private final Process process;
    private final long stallNanos;
    private final byte[] messages = new byte[MAX_MESSAGE_BYTES];
    private final byte[] piece = new byte[MAX_MESSAGE_BYTES];
    private int messageBytes;
    private final AtomicInteger pauses = new AtomicInteger();
    private volatile long lastProgress = System.nanoTime();
    private volatile boolean stalled;
    private volatile boolean ended;

    Watchdog(Process process, double stallSeconds) {
        super("ffmpeg-watchdog");
        setDaemon(true);
        this.process = process;
        stallNanos = (long) (stallSeconds * 1e9);
    }

    void progress() {
        lastProgress = System.nanoTime();
    }

    /** Stops the clock until {@link #goOn}; may be called several times. */
    void pause() {
        pauses.incrementAndGet();
    }

    void goOn() {
        progress();
        pauses.decrementAndGet();
    }

    @Override
    public void run() {
        while (!ended) {
            takeMessages();
            if (pauses.get() > 0) {
                progress();
            } else if (System.nanoTime() - lastProgress > stallNanos) {
                stalled = true;
                kill();
                return;
            }
            LockSupport.parkNanos(INTERVAL_NANOS);
        }
    }

    /** Kills the process and its children; a child would keep the pipes open. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Ends the thread. */
    void end() {
        ended = true;
        LockSupport.unpark(this);
    }

    boolean stalled() {
        return stalled;
    }

    /** Returns the first lines of the messages so far. */
    List<String> messages() {
        takeMessages();
        synchronized (messages) {
            return new String(messages, 0, messageBytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line ->
                            !line.contains(NO_VERSION) && !line.contains(NOT_WHITELISTED) && !line.contains(REPEATED))
                    .map(line -> ADDRESS.matcher(line)
                            .replaceAll("")
                            .replaceAll("\\p{Cntrl}", " ")
                            .strip())
                    .filter(line -> !line.isEmpty())
                    .map(line -> line.substring(0, Math.min(line.length(), MAX_LINE_LETTERS)))
                    .limit(MAX_LINES)
                    .toList();
        }
    }

    private void takeMessages() {
        synchronized (messages) {
            try {
                InputStream errors = process.getErrorStream();
                // A process that only writes messages must not hold up the watchdog.
                for (int round = 0; round < MAX_ROUNDS; round++) {
                    int available = errors.available();
                    if (available == 0) {
                        return;
                    }
                    int read = errors.read(piece, 0, Math.min(available, piece.length));
                    int kept = Math.max(0, Math.min(read, messages.length - messageBytes));
                    System.arraycopy(piece, 0, messages, messageBytes, kept);
                    messageBytes += kept;
                }
            } catch (IOException closed) {
                // The process has ended.
            }
        }
    }
}
