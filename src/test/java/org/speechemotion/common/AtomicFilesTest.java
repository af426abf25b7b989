package org.speechemotion.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    Path folder;

    @Test
    void writesAndReplacesAFileWithoutLeftovers() throws IOException {
        Path file = folder.resolve("text");

        AtomicFiles.write(file, "first");
        AtomicFiles.write(file, "zweitens: ä");

        assertThat(file).hasContent("zweitens: ä");
        assertThat(folder.toFile().list()).containsExactly("text");
    }

    @Test
    void aFailedMoveKeepsTheOldContent() throws IOException {
        Path occupied =
                Files.createDirectories(folder.resolve("occupied/inside")).getParent();

        assertThatThrownBy(() -> AtomicFiles.write(occupied, "text")).isInstanceOf(IOException.class);

        assertThat(occupied.resolve("inside")).isDirectory();
        assertThat(folder.toFile().list()).containsExactly("occupied");
    }

    @Test
    void movesAFolderWithItsContent() throws IOException {
        Path finished = Files.createDirectory(folder.resolve("finished"));
        Files.writeString(finished.resolve("file"), "content");

        AtomicFiles.move(finished, folder.resolve("target"));

        assertThat(folder.resolve("target/file")).hasContent("content");
        assertThat(finished).doesNotExist();
    }
}
