package org.speechemotion.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every file system from which corpora are read. */
public abstract class CorpusFilesContract {
    @TempDir
    protected Path folder;

    /** Reads below a local folder or file. */
    protected abstract CorpusFiles open(Path root);

    @Test
    final void listsAudioAtAnyDepthSorted() throws IOException {
        for (String name : List.of("b.wav", "a/c.FLAC", "a/b/d.mp3", "a/e.Wav", "notes.txt", "wav", "a/x.wav.txt")) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
        Files.createDirectory(folder.resolve("folder.wav"));

        List<String> found = open(folder).audioFiles();

        assertThat(found)
                .isSorted()
                .extracting(path -> path.substring(
                        path.indexOf(folder.toString()) + folder.toString().length() + 1))
                .containsExactly("a/b/d.mp3", "a/c.FLAC", "a/e.Wav", "b.wav");
    }

    @Test
    final void anEmptyFolderHasNone() throws IOException {
        assertThat(open(folder).audioFiles()).isEmpty();
    }

    @Test
    final void aMissingFolderOrAFileCannotBeListed() throws IOException {
        Path file = Files.createFile(folder.resolve("list.csv"));

        assertThatThrownBy(() -> open(folder.resolve("gone")).audioFiles())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gone");
        assertThatThrownBy(() -> open(file).audioFiles())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("list.csv");
    }

    @Test
    final void resolvesBesideTheFileThatNamesThePath() throws IOException {
        Path file = Files.writeString(folder.resolve("list.csv"), "déjà vu\n");
        CorpusFiles files = open(file);
        String sibling = files.resolve(files.root(), "list.csv");

        assertThat(sibling).isEqualTo(files.root());
        assertThat(files.resolve(files.root(), "sub/../list.csv")).isEqualTo(files.root());
        assertThat(files.resolve("/elsewhere/list.csv", files.root())).isEqualTo(files.root());
        assertThat(files.exists(sibling)).isTrue();
        assertThat(files.exists(files.resolve(files.root(), "gone.wav"))).isFalse();
        assertThat(files.exists(files.resolve(files.root(), "."))).isFalse();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(files.open(sibling), StandardCharsets.UTF_8))) {
            assertThat(reader.readLine()).isEqualTo("déjà vu");
        }
    }

    @Test
    final void impossiblePathsAreRejected() {
        CorpusFiles files = open(folder.resolve("list.csv"));

        assertThatThrownBy(() -> files.resolve(files.root(), "a\0b.wav")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    final void allPathsOfAFileHaveOneIdentity() throws IOException {
        Path real = Files.createFile(folder.resolve("a.wav"));
        Files.createSymbolicLink(folder.resolve("link.wav"), real);
        Files.createFile(folder.resolve("b.wav"));
        CorpusFiles files = open(folder.resolve("list.csv"));

        assertThat(identity(files, "./a.wav"))
                .isEqualTo(identity(files, "a.wav"))
                .isEqualTo(identity(files, "link.wav"))
                .isNotEqualTo(identity(files, "b.wav"));
    }

    private static String identity(CorpusFiles files, String name) throws IOException {
        return files.identity(files.resolve(files.root(), name));
    }
}
