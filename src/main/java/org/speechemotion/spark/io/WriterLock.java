package org.speechemotion.spark.io;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.speechemotion.common.LocalPaths;
import org.speechemotion.common.ProcessIdentity;
import org.speechemotion.common.TemporaryFiles;

/**
 * Keeps other writers out of a table on any Hadoop file system. Such file systems have no locks, so unlike
 * {@link org.speechemotion.common.ProcessLock} this one is a file in the table that names its owner. The owner rewrites it
 * every few seconds: a lock that stands still was left by a run that died. On the machine of that run, the end of its process
 * shows that at once.
 *
 * <p>Only one of several contenders can create the file where the file system creates files exclusively, as local ones and HDFS
 * do. The connector of S3 first looks whether the file is there and then writes it, so two runs that begin at the same moment can
 * both find the table free. There a run waits after it has written its file, until every contender that had found none must have written its own,
 * and has the lock if the file is then still its own. A run that was suspended for longer between looking and writing takes the lock
 * from its owner, which fails at its next {@link #require}.
 */
public final class WriterLock implements AutoCloseable {
    public static final String FILE = "_writer";
    private static final String TAKEOVER = ".takeover";
    /** The time without a heartbeat after which the lock of another machine is taken over: three beats. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long MILLISECONDS_BETWEEN_BEATS = 10_000;

    /** The file systems that do not create files exclusively. */
    private static final Set<String> WITHOUT_EXCLUSIVE_CREATION = Set.of("s3", "s3a", "s3n");

    /** The time in which a run that has found no file writes its own. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private static final int MAX_BYTES = 1 << 12;
    private static final long POLL_MILLISECONDS = 200;

    private static final Pattern PROCESS = Pattern.compile("process (\\d{1,18}) since tick (\\d{1,18})");

    private static final Logger LOG = LoggerFactory.getLogger(WriterLock.class);

    private final FileSystem files;
    private final Path file;
    private final String owner;
    private final Timer heart = new Timer("writer-lock", true);
    private long beats;

    private WriterLock(FileSystem files, Path file, String owner) {
        this.files = files;
        this.file = file;
        this.owner = owner;
    }

    /**
     * Takes the lock of a table.
     *
     * @param run names the run among all on this table
     * @param patience the time as of {@link #PATIENCE}
     * @param console the consumer of a line if the lock must wait
     * @throws IllegalArgumentException where another run writes to the table
     */
    public static WriterLock take(FileSystem files, Path table, String run, Duration patience, Consumer<String> console)
            throws IOException {
        Duration settling = createsExclusively(files) ? Duration.ZERO : SETTLING;
        return take(files, table, run, patience, settling, MILLISECONDS_BETWEEN_BEATS, console);
    }

    /** Returns whether only one of several contenders can create a file. */
    public static boolean createsExclusively(FileSystem files) {
        return !WITHOUT_EXCLUSIVE_CREATION.contains(files.getUri().getScheme());
    }

    static WriterLock take(
            FileSystem files,
            Path table,
            String run,
            Duration patience,
            Duration settling,
            long beat,
            Consumer<String> console)
            throws IOException {
        Path file = new Path(table, FILE);
        ProcessIdentity process = ProcessIdentity.current();
        String owner = run + "\n" + process.machine() + "\nprocess " + process.pid() + " since tick " + process.start();
        WriterLock lock = new WriterLock(files, file, owner);
        lock.acquire(file, patience, console);
        if (!settling.isZero()) {
            pause(settling.toMillis());
            lock.refuseIfReplaced();
        }
        lock.require();
        if (FileTree.isLocal(files)) {
            TemporaryFiles.sweepFiles(LocalPaths.of(table.toUri().getPath()), "." + FILE);
        }
        lock.heart.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        lock.tryToBeat();
                    }
                },
                beat,
                beat);
        return lock;
    }

    /**
     * Creates a file that only one of all contenders can create. An abandoned one is deleted first, under a second lock, so
     * that no contender deletes the file that another one has just created in its place.
     */
    private void acquire(Path path, Duration patience, Consumer<String> console) throws IOException {
        while (!create(path)) {
            Optional<String> abandoned = requireAbandoned(path, patience, console);
            if (abandoned.isPresent()) {
                Path takeover = path.suffix(TAKEOVER);
                acquire(takeover, patience, console);
                try {
                    if (read(files, path).equals(abandoned)) {
                        files.delete(path, false);
                    }
                } finally {
                    files.delete(takeover, false);
                }
            }
        }
    }

    private void refuseIfReplaced() throws IOException {
        Optional<String> found = read(files, file);
        if (found.isPresent() && !isMine(found.get())) {
            throw refusal(file, found.get().lines().toList());
        }
    }

    private boolean isMine(String content) {
        return content.startsWith(owner + "\n");
    }

    /** Returns whether the file was created. */
    private boolean create(Path path) throws IOException {
        byte[] content = content();
        if (FileTree.isLocal(files)) {
            // Hadoop looks whether the file is there and then creates it. A link is created at once, content and all.
            java.nio.file.Path file = LocalPaths.of(path.toUri().getPath());
            java.nio.file.Path written = TemporaryFiles.createFile(file.getParent(), "." + file.getFileName());
            try {
                Files.write(written, content);
                Files.createLink(file, written);
                return true;
            } catch (java.nio.file.FileAlreadyExistsException exists) {
                return false;
            } catch (UnsupportedOperationException noLinks) {
                return createThenWrite(file, content);
            } finally {
                Files.delete(written);
            }
        }
        try (OutputStream out = files.create(path, false)) {
            out.write(content);
            return true;
        } catch (org.apache.hadoop.fs.FileAlreadyExistsException exists) {
            return false;
        }
    }

    private static boolean createThenWrite(java.nio.file.Path file, byte[] content) throws IOException {
        try {
            Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return true;
        } catch (java.nio.file.FileAlreadyExistsException exists) {
            return false;
        }
    }

    /**
     * Waits until the owner of a lock shows that it is alive, or has had the time to.
     *
     * @return the content of the abandoned file; nothing where it is gone
     * @throws IllegalArgumentException where the owner is alive
     */
    private Optional<String> requireAbandoned(Path path, Duration patience, Consumer<String> console)
            throws IOException {
        Optional<String> found = read(files, path);
        if (found.isEmpty()) {
            return found;
        }
        List<String> lines = found.get().lines().toList();
        Optional<ProcessIdentity> owner = owner(lines);
        if (owner.isPresent() && owner.get().isOnThisMachine()) {
            if (owner.get().isAlive()) {
                throw refusal(path, lines);
            }
            return found;
        }
        console.accept("another run has written to " + path.getParent() + "; waiting for " + patience.toSeconds()
                + " s to see whether it still does");
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            pause(Math.min(POLL_MILLISECONDS, patience.toMillis()));
            Optional<String> now = read(files, path);
            if (now.isEmpty()) {
                return now;
            }
            if (!now.equals(found)) {
                throw refusal(path, lines);
            }
        }
        return found;
    }

    private static IllegalArgumentException refusal(Path file, List<String> owner) {
        return new IllegalArgumentException("output " + file.getParent() + " is being written to by the run "
                + String.join(", ", owner.subList(0, Math.min(3, owner.size())))
                + ": wait until it has ended, or choose another output");
    }

    /**
     * Checks that the table is still this run's.
     *
     * @throws IOException where another run took it over
     */
    public synchronized void require() throws IOException {
        Optional<String> found = read(files, file);
        if (found.isEmpty() || !isMine(found.get())) {
            throw new IOException(
                    "another run has taken over " + file.getParent() + ", or its " + FILE + " was removed");
        }
    }

    private void beat() throws IOException {
        try (OutputStream out = files.create(file, true)) {
            out.write(content());
        }
    }

    private byte[] content() {
        return (owner + "\n" + beats++ + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Waits while this run looks at the file, because a half-written file would seem to have no owner. */
    private synchronized void tryToBeat() {
        try {
            require();
            beat();
        } catch (IOException e) {
            // The next beat may be luckier; and no commit is made without looking at the lock.
            LOG.warn("the lock {} was not renewed: {}", file, e.toString());
        }
    }

    @Override
    public synchronized void close() throws IOException {
        heart.cancel();
        Optional<String> found = read(files, file);
        if (found.isPresent() && isMine(found.get())) {
            files.delete(file, false);
        }
    }

    private static Optional<String> read(FileSystem files, Path file) throws IOException {
        return SmallFile.read(files, file, MAX_BYTES).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Reads the owner's second and third line; empty if they are damaged. */
    private static Optional<ProcessIdentity> owner(List<String> lines) {
        Matcher process = PROCESS.matcher(lines.size() > 2 ? lines.get(2) : "");
        return process.matches()
                ? Optional.of(new ProcessIdentity(
                        lines.get(1), Long.parseLong(process.group(1)), Long.parseLong(process.group(2))))
                : Optional.empty();
    }

    private static void pause(long milliseconds) throws IOException {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while waiting for the table").initCause(e);
        }
    }
}
