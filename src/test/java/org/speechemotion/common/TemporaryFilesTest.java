package org.speechemotion.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFilesTest {
    private static long dead;

    @TempDir
    private Path folder;

    @BeforeAll
    static void endAProcess() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        dead = process.pid();
    }

    @Test
    void aNameIsAbandonedOnceItsProcessEnds() {
        String name = TemporaryFiles.name(".part-0.attempt.3");
        ProcessIdentity me = ProcessIdentity.current();
        assertThat(name).startsWith(".part-0.attempt.3." + me.pid() + "-").endsWith(".tmp");
        assertThat(TemporaryFiles.isAbandoned(name)).isFalse();
        assertThat(TemporaryFiles.isAbandoned(of(name, dead))).isTrue();
        // The system has given the number to another process since.
        assertThat(TemporaryFiles.isAbandoned(name.replace(me.pid() + "-" + me.start(), me.pid() + "-1")))
                .isTrue();
        // Another machine, whose processes cannot be looked at.
        assertThat(TemporaryFiles.isAbandoned(of(name, dead).replaceAll("[0-9a-f]{12}\\.tmp", "0123456789ab.tmp")))
                .isFalse();
        assertThat(TemporaryFiles.isAbandoned(".part-0.attempt.3.tmp")).isFalse();
        assertThat(TemporaryFiles.isAbandoned("part-0.parquet")).isFalse();
    }

    @Test
    void aSweepDeletesOnlyFilesOfDeadProcesses() throws IOException {
        Path mine = TemporaryFiles.createFile(folder, "._writer");
        Path another = Files.createFile(folder.resolve(of(TemporaryFiles.name(".other"), dead)));
        Path left = Files.createFile(folder.resolve(of(mine.getFileName().toString(), dead)));
        TemporaryFiles.sweepFiles(folder, "._writer");
        assertThat(left).doesNotExist();
        assertThat(mine).exists();
        assertThat(another).exists();
    }

    @Test
    void aSweepDoesNotFollowLinks() throws IOException {
        Path mine = TemporaryFiles.createFolder("speech-emotion-test");
        try {
            Path kept = Files.writeString(folder.resolve("kept"), "kept");
            Path left = mine.resolveSibling(of(mine.getFileName().toString(), dead));
            Files.createDirectories(left.resolve("model"));
            Files.writeString(left.resolve("model/weights"), "weights");
            Files.createSymbolicLink(left.resolve("file"), kept);
            Files.createSymbolicLink(left.resolve("folder"), folder);
            Path next = TemporaryFiles.createFolder("speech-emotion-test");
            TemporaryFiles.delete(next);
            assertThat(left).doesNotExist();
            assertThat(next).doesNotExist();
            assertThat(mine).isEmptyDirectory();
            assertThat(kept).hasContent("kept");
        } finally {
            TemporaryFiles.delete(mine);
        }
    }

    private static String of(String name, long pid) {
        return name.replace("." + ProcessIdentity.current().pid() + "-", "." + pid + "-");
    }
}
