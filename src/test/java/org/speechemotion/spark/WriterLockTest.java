package org.speechemotion.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void isHeldByOneAndGivenBack() throws IOException {
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

    /** On this machine nobody waits: there is no such process. */
    @Test
    void whatADeadProcessLeftIsTakenOverAtOnce() throws Exception {
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
    void anotherMachinesIsTakenOverWhereItStandsStill() throws IOException {
        Files.writeString(folder.resolve(WriterLock.FILE), "far\nanother machine\nprocess 1 since then\n7\n");

        take("next").close();
        assertThat(console).singleElement().asString().contains("to see whether it still does");
    }

    @Test
    void anotherMachinesIsLeftWhereItMoves() throws Exception {
        Path file = folder.resolve(WriterLock.FILE);
        Files.writeString(file, "far\nanother machine\nprocess 1 since then\n7\n");

        assertThatThrownBy(() -> WriterLock.take(files, path(), "next", Duration.ofMinutes(1), line -> beat(file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("far, another machine, process 1");
        assertThat(Files.readString(file)).startsWith("far\n");
    }

    /** A beat writes the file anew, and whoever read it in between would find nothing. */
    @Test
    void aBeatIsNoLoss() throws Exception {
        try (WriterLock lock = WriterLock.take(files, path(), "run", Duration.ZERO, 1, console::add)) {
            for (int i = 0; i < 20_000; i++) {
                lock.require();
            }
            assertThat(Files.readString(folder.resolve(WriterLock.FILE))).doesNotEndWith("\n0\n");
        }
    }

    @Test
    void whatIsNoLockIsTakenOver() throws IOException {
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
                Files.writeString(file, "far\nanother machine\nprocess 1 since then\n8\n");
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
