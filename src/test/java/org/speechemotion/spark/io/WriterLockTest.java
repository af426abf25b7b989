package org.speechemotion.spark.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.common.TemporaryFiles;

class WriterLockTest {
    @TempDir
    private Path folder;

    private final List<String> console = new ArrayList<>();
    private FileSystem files;

    @BeforeEach
    void open() throws IOException {
        LocalFileSystem local = FileSystem.getLocal(new Configuration());
        files = local.getRawFileSystem();
    }

    @Test
    void isHeldOnceAndReleased() throws IOException {
        try (WriterLock first = take("first")) {
            first.require();
            assertThatThrownBy(() -> take("second"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is being written to by the run first");
            first.require();
        }
        assertThat(folder).isEmptyDirectory();
        take("second").close();
    }

    /** A lock of a missing process on this machine is taken over without waiting. */
    @Test
    void locksOfDeadProcessesAreTakenOverAtOnce() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        take("dead").close();
        try (WriterLock lock = take("model")) {
            lock.require();
            String mine = Files.readString(folder.resolve(WriterLock.FILE));
            String dead = mine.replaceFirst("process \\d+", "process " + process.pid());
            Files.writeString(folder.resolve(WriterLock.FILE), dead);
            try (WriterLock next = take("next")) {
                next.require();
                assertThatThrownBy(lock::require)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("another run has taken over");
            }
        }
        assertThat(console).isEmpty();
    }

    @Test
    void staleLocksOfOtherMachinesAreTakenOver() throws IOException {
        Files.writeString(folder.resolve(WriterLock.FILE), "far\nanother machine\nprocess 1 since tick 1\n7\n");

        take("next").close();
        assertThat(console).singleElement().asString().contains("to see whether it still does");
    }

    @Test
    void renewedLocksOfOtherMachinesAreRespected() throws Exception {
        Path file = folder.resolve(WriterLock.FILE);
        Files.writeString(file, "far\nanother machine\nprocess 1 since tick 1\n7\n");

        assertThatThrownBy(() -> WriterLock.take(files, path(), "next", Duration.ofMinutes(1), line -> beat(file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("far, another machine, process 1");
        assertThat(Files.readString(file)).startsWith("far\n");
    }

    /** A renewal rewrites the file; a reader in between would find it empty. */
    @Test
    void renewalsKeepTheLock() throws Exception {
        try (WriterLock lock = WriterLock.take(files, path(), "run", Duration.ZERO, Duration.ZERO, 1, console::add)) {
            long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
            while (System.nanoTime() < end) {
                lock.require();
            }
            assertThat(Files.readString(folder.resolve(WriterLock.FILE))).doesNotEndWith("\n0\n");
        }
    }

    /** Whether the table is free, or was left by a dead process, which may have died while it took the lock over itself. */
    @ParameterizedTest
    @ValueSource(strings = {"", "_writer", "_writer _writer.takeover"})
    void exactlyOneOfConcurrentRunsHasTheLock(String left) throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        String dead;
        try (WriterLock lock = take("dead")) {
            lock.require();
            dead = Files.readString(folder.resolve(WriterLock.FILE))
                    .replaceFirst("process \\d+", "process " + process.pid());
        }
        int contenders = 8;
        ExecutorService threads = Executors.newFixedThreadPool(contenders);
        try {
            for (int round = 0; round < 10; round++) {
                for (String name : left.isEmpty() ? new String[0] : left.split(" ")) {
                    Files.writeString(folder.resolve(name), dead);
                }
                CyclicBarrier start = new CyclicBarrier(contenders);
                List<Future<Optional<WriterLock>>> attempts = new ArrayList<>();
                for (int i = 0; i < contenders; i++) {
                    String run = "run " + i;
                    attempts.add(threads.submit(() -> {
                        start.await();
                        try {
                            return Optional.of(take(run));
                        } catch (IllegalArgumentException refused) {
                            return Optional.empty();
                        }
                    }));
                }
                List<WriterLock> holders = new ArrayList<>();
                for (Future<Optional<WriterLock>> attempt : attempts) {
                    attempt.get().ifPresent(holders::add);
                }
                assertThat(holders).as("round %d", round).hasSize(1);
                holders.get(0).require();
                holders.get(0).close();
                assertThat(folder).as("round %d", round).isEmptyDirectory();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** The connector of S3 looks for a file and then writes it; here both runs look before either writes. */
    @Test
    void withoutExclusiveCreationTheLastToWriteHasTheLock() throws Exception {
        CyclicBarrier looked = new CyclicBarrier(2);
        FileSystem store = new LookThenWrite(looked);
        store.initialize(URI.create("remote:///"), new Configuration());
        org.apache.hadoop.fs.Path table = new org.apache.hadoop.fs.Path("remote://" + folder);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<WriterLock>> attempts = new ArrayList<>();
            for (String run : List.of("first", "second")) {
                attempts.add(threads.submit(() -> WriterLock.take(
                        store, table, run, Duration.ZERO, Duration.ofMillis(200), 60_000, console::add)));
            }
            List<WriterLock> holders = new ArrayList<>();
            List<String> refusals = new ArrayList<>();
            for (Future<WriterLock> attempt : attempts) {
                try {
                    holders.add(attempt.get());
                } catch (ExecutionException refused) {
                    assertThat(refused).hasCauseInstanceOf(IllegalArgumentException.class);
                    refusals.add(refused.getCause().getMessage());
                }
            }
            assertThat(holders).hasSize(1);
            assertThat(refusals).singleElement().asString().contains("is being written to by the run ");
            holders.get(0).require();
            holders.get(0).close();
        } finally {
            threads.shutdownNow();
        }
    }

    /** A file system that creates a file in two steps, with a moment in between that all contenders reach. */
    private static final class LookThenWrite extends RemoteFiles {
        private final CyclicBarrier looked;

        LookThenWrite(CyclicBarrier looked) {
            this.looked = looked;
        }

        @Override
        public FSDataOutputStream create(org.apache.hadoop.fs.Path file, boolean overwrite) throws IOException {
            if (!overwrite) {
                if (exists(file)) {
                    throw new org.apache.hadoop.fs.FileAlreadyExistsException(file.toString());
                }
                try {
                    looked.await();
                } catch (InterruptedException | BrokenBarrierException e) {
                    throw new IOException(e);
                }
            }
            return super.create(file, true);
        }
    }

    @Test
    void filesOfKilledContendersAreDeleted() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        Path mine = TemporaryFiles.createFile(folder, "._writer");
        String name = mine.getFileName().toString();
        String dead = name.replaceFirst("\\d+-", process.pid() + "-");
        Path left = Files.createFile(folder.resolve(dead));
        Path takeover = Files.createFile(folder.resolve(dead.replace("._writer.", "._writer.takeover.")));

        take("next").close();
        assertThat(left).doesNotExist();
        assertThat(takeover).doesNotExist();
        assertThat(mine).exists();
    }

    @Test
    void invalidLocksAreTakenOver() throws IOException {
        for (String junk : List.of("", "\n\n\n", "x\n", "run\n\nprocess\n")) {
            Files.writeString(folder.resolve(WriterLock.FILE), junk);
            take("next").close();
        }
    }

    /** The other one is alive: its beat comes just after the first look. */
    private static void beat(Path file) {
        Thread thread = new Thread(() -> {
            try {
                Thread.sleep(100);
                Files.writeString(file, "far\nanother machine\nprocess 1 since tick 1\n8\n");
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
    }

    private org.apache.hadoop.fs.Path path() {
        return new org.apache.hadoop.fs.Path(folder.toUri());
    }

    private WriterLock take(String run) throws IOException {
        return WriterLock.take(files, path(), run, Duration.ofMillis(10), console::add);
    }
}
