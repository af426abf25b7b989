package org.speechemotion.audio.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Writes a file to the standard input of a process, until one of them ends. */
final class Feeder extends Thread {

    private static final int PIECE = 1 << 16;

    private final InputStream file;
    private final OutputStream process;
    private final Watchdog watchdog;
    private Exception failure;
    private long unread;

    Feeder(InputStream file, OutputStream process, Watchdog watchdog) {
        super("ffmpeg-feeder");
        setDaemon(true);
        this.file = file;
        this.process = process;
        this.watchdog = watchdog;
    }

    @Override
    public void run() {
        byte[] piece = new byte[PIECE];
        try (process) {
            for (int read = read(piece); read >= 0; read = read(piece)) {
                unread = read;
                process.write(piece, 0, read);
                process.flush();
                unread = 0;
                watchdog.progress();
            }
        } catch (IOException closed) {
            // The process has ended, or does not need the rest of the file.
        } finally {
            unread += failure == null ? available() : 0;
        }
    }

    private int read(byte[] piece) {
        watchdog.pause();
        try {
            return file.read(piece);
        } catch (IOException | RuntimeException e) {
            failure = e;
            return -1;
        } finally {
            watchdog.goOn();
        }
    }

    private long available() {
        try {
            return file.available();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Returns the number of bytes of the file that were not written; valid after the end of the thread. */
    long unread() {
        return unread;
    }

    /** Throws the exception of the file's stream, if there was one; valid after the end of the thread. */
    void rethrow() throws IOException {
        if (failure != null) {
            throw failure instanceof IOException e ? e : new IOException(failure.getMessage(), failure);
        }
    }
}
