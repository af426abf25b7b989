package org.speechemotion.common;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps other processes out of a folder on this machine, by a lock of the operating system on a file in it. The lock ends
 * with the process, however it ends; the file remains and has no meaning without the lock.
 */
public final class ProcessLock implements AutoCloseable {
    private static final long RETRY_MILLIS = 20;

    /**
     * The lock files of this JVM. The operating system does not tell its threads apart; and if one of them opened and closed a
     * file that another has locked, that lock would end.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private final boolean enforced;

    private ProcessLock(Path file, FileChannel channel, boolean enforced) {
        this.file = file;
        this.channel = channel;
        this.enforced = enforced;
    }

    /**
     * Takes the lock, without waiting for it.
     *
     * @param file the lock file, which is created if necessary
     * @return empty if another process, or another thread of this one, has the lock
     * @throws IOException if the file cannot be created or opened
     */
    public static Optional<ProcessLock> tryTake(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException exists) {
            // It may be locked, so it is not opened yet.
        }
        Path real = file.toRealPath();
        if (!HELD.add(real)) {
            return Optional.empty();
        }
        Optional<ProcessLock> lock = Optional.empty();
        try {
            lock = lock(real);
            return lock;
        } finally {
            if (lock.isEmpty()) {
                HELD.remove(real);
            }
        }
    }

    /**
     * Takes the lock, and waits for it if necessary.
     *
     * @param file the lock file, which is created if necessary
     * @throws IOException if the lock is not free after that time, or the thread is interrupted, or the file cannot be created
     */
    public static ProcessLock take(Path file, Duration longest) throws IOException {
        long deadline = System.nanoTime() + longest.toNanos();
        while (true) {
            Optional<ProcessLock> lock = tryTake(file);
            if (lock.isPresent()) {
                return lock.get();
            }
            if (System.nanoTime() > deadline) {
                throw new IOException(file + " is still locked by another process after " + longest.toSeconds() + " s");
            }
            try {
                Thread.sleep(RETRY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for " + file);
            }
        }
    }

    private static Optional<ProcessLock> lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(new ProcessLock(file, channel, true));
            }
        } catch (OverlappingFileLockException anotherClassLoader) {
            // as if another process had it
        } catch (IOException noLocks) {
            return Optional.of(new ProcessLock(file, channel, false));
        }
        channel.close();
        return Optional.empty();
    }

    /** Returns whether other processes are kept out. They are not if the file system has no locks, as some NFS mounts. */
    public boolean isEnforced() {
        return enforced;
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.close();
            HELD.remove(file);
        }
    }
}
