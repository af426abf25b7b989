package org.speechemotion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.common.LockHolder;

class RunFolderTest {

    @TempDir
    private Path directory;

    @Test
    void holdsTheRun() throws IOException {
        RunFolder run = new RunFolder(directory.resolve("runs"), "emotion", "2024-05-01.a_b");
        assertThat(run.path()).isDirectory().isEqualTo(directory.resolve("runs/emotion/2024-05-01.a_b"));
        run.writeConfig("epochs = 3");
        run.writeSplit("actor_id,side\n");
        run.write("metrics.json", "{}");
        run.write("metrics.json", "{\"uar\": 1}");
        run.log("one");
        run.log("zwei, größer");
        assertThat(run.path().resolve("config.conf")).hasContent("epochs = 3");
        assertThat(run.path().resolve("split.csv")).hasContent("actor_id,side\n");
        assertThat(run.path().resolve("metrics.json")).hasContent("{\"uar\": 1}");
        assertThat(run.path().resolve("run.log")).hasContent("one\nzwei, größer\n");
        assertThat(run.path()).isDirectoryNotContaining("glob:.*");
        assertThat(run.catalog()).isEqualTo(run.path().resolve("catalog.parquet"));
        assertThat(run.checkpoints()).isEqualTo(run.path().resolve("checkpoints"));
        assertThat(run.model()).isEqualTo(run.path().resolve("model"));
        assertThat(run.tensorBoard()).isEqualTo(run.path().resolve("tensorboard"));
        assertThat(run.experiment()).isEqualTo("emotion");
        assertThat(run.label()).isEqualTo("2024-05-01.a_b");
        assertThat(run.index()).isEqualTo(directory.resolve("runs/index.csv"));
        assertThat(run.confusion()).isEqualTo(run.path().resolve("confusion.png"));
    }

    @Test
    void aRunIsNotOverwritten() throws IOException {
        new RunFolder(directory, "emotion", "first").log("something");
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> new RunFolder(directory, "emotion", "first"))
                .withMessage(directory.resolve("emotion/first")
                        + ": the run exists already; choose another run.label, or resume it with run.resume=true");
        assertThat(directory.resolve("emotion/first/run.log")).hasContent("something");
    }

    @Test
    void runsOfOtherProcessesAreLockedUntilTheyEnd() throws IOException {
        RunFolder run = new RunFolder(directory, "emotion", "first", true);
        try (LockHolder other = new LockHolder(run.path().resolve(".lock"))) {
            assertThat(other.holding()).isTrue();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> run.withLock(() -> "trained"))
                    .withMessage("run.label: the run " + run.path() + " is being trained by another process; wait until"
                            + " it ends, or choose another run.label");
        }
        assertThat(run.<String>withLock(() -> "trained")).isEqualTo("trained");
        assertThat(run.<String>withLock(() -> "trained")).isEqualTo("trained");
    }

    @Test
    void runsOfOtherThreadsAreLocked() throws IOException {
        RunFolder run = new RunFolder(directory, "emotion", "first");
        run.withLock(() -> {
            assertThatIllegalArgumentException().isThrownBy(() -> run.withLock(() -> "trained"));
            return "trained";
        });
        // Nothing was written: it may still begin.
        assertThat(new RunFolder(directory, "emotion", "first").path()).isEqualTo(run.path());
    }

    @Test
    void resumedRunsMayExist() throws IOException {
        assertThat(new RunFolder(directory, "emotion", "first", true).isResumed())
                .isTrue();
        new RunFolder(directory, "emotion", "first").log("something");
        RunFolder again = new RunFolder(directory, "emotion", "first", true);
        again.log("more");
        assertThat(again.path().resolve("run.log")).hasContent("something\nmore\n");
    }

    @Test
    void failedStartsLeaveNoFiles() throws IOException {
        try (RunFolder run = new RunFolder(directory.resolve("runs"), "emotion", "first")) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> run.withLock(() -> {
                        throw new IOException("no corpus");
                    }));
        }
        assertThat(directory).isEmptyDirectory();
        try (RunFolder run = new RunFolder(directory.resolve("runs"), "emotion", "first")) {
            run.log("started");
        }
        assertThat(directory.resolve("runs/emotion/first/run.log")).hasContent("started\n");
        Files.createDirectories(directory.resolve("runs/emotion/second"));
        new RunFolder(directory.resolve("runs"), "emotion", "second").close();
        assertThat(directory.resolve("runs/emotion/second"))
                .as("it was there before")
                .isEmptyDirectory();
    }

    @Test
    void emptyFoldersAreAllowed() throws IOException {
        Files.createDirectories(directory.resolve("emotion/first"));
        assertThat(new RunFolder(directory, "emotion", "first").path()).isEmptyDirectory();
    }

    @Test
    void aFileInPlaceOfTheFolderIsNamed() throws IOException {
        Files.createDirectories(directory.resolve("emotion"));
        Files.writeString(directory.resolve("emotion/first"), "");
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> new RunFolder(directory, "emotion", "first"))
                .withMessageContaining("emotion/first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../up", "a/b", "a\\b", ".hidden", "-rf", "a b", "ä", "a\n", "a\0"})
    void namesAreSingleFolders(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RunFolder(directory, "emotion", name))
                .withMessage("run.label is '" + name
                        + "'; allowed: letters, digits, '.', '_' and '-', with a letter or digit first");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RunFolder(directory, name, "first"))
                .withMessageStartingWith("run.experiment is '" + name + "'; allowed: ");
        assertThat(directory).isEmptyDirectory();
    }
}
