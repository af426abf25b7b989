package org.speechemotion.spark.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileListingTest {
    /** A name that Hadoop, a glob or a URI could take for something else. */
    private static final List<String> AWKWARD_NAMES = List.of(
            " first.wav",
            "#1.wav",
            "%20.wav",
            "*.wav",
            "?.wav",
            "[a].wav",
            "a b.wav",
            "a:b.wav",
            "a\"b'.wav",
            "a\\b.wav",
            "a\nb.wav",
            "last.wav ",
            "{a,b}.wav",
            "é 声.wav",
            "𝄞.wav");

    private final Configuration configuration = new Configuration();

    @TempDir
    private Path folder;

    @Test
    void aFileListsItself() throws IOException {
        write("a.txt", ".hidden.wav");

        assertThat(list("a.txt")).containsExactly("a.txt");
        assertThat(list(".hidden.wav")).containsExactly(".hidden.wav");
    }

    @Test
    void foldersListAllFilesButHiddenOnes() throws IOException {
        write("c.wav", "notes.txt", "a/b/no-extension", "a/d.MP3", ".hidden.wav", ".hidden/e.wav", "a/.DS_Store");

        assertThat(list("")).containsExactly("a/b/no-extension", "a/d.MP3", "c.wav", "notes.txt");
        assertThat(list(".hidden")).containsExactly(".hidden/e.wav");
    }

    @Test
    void foldersNamedLikeAudioAreReported() throws IOException {
        write("x.wav/inside.flac", "folder/inside.flac");

        assertThat(list("")).containsExactly("folder/inside.flac", "x.wav", "x.wav/inside.flac");
        assertThat(list("*.wav")).containsExactly("x.wav");
    }

    @Test
    void anEmptyFolderHasNone() throws IOException {
        assertThat(list("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*.wav         | a.wav b.wav",
                "?.wav         | a.wav b.wav",
                "**            | a.wav b.wav d/a.flac d/e/a.wav d/e/c.mp3 f/e/b.wav",
                "**.wav        | a.wav b.wav d/e/a.wav f/e/b.wav",
                "**/a.wav      | a.wav d/e/a.wav",
                "**/e/*.wav    | d/e/a.wav f/e/b.wav",
                "d/**/a.*      | d/a.flac d/e/a.wav",
                "d/**/e/*      | d/e/a.wav d/e/c.mp3",
                "d/**/**/a.*   | d/a.flac d/e/a.wav",
                "{d,f}/**/*.wav| d/e/a.wav f/e/b.wav",
                "d/**          | d/a.flac d/e/a.wav d/e/c.mp3",
                "d/*           | d/a.flac",
                "*/e/*.{wav,mp3} | d/e/a.wav d/e/c.mp3 f/e/b.wav",
                "{d/e,f/e}/*.wav | d/e/a.wav f/e/b.wav",
                "{a,d/e/c}.*     | a.wav d/e/c.mp3",
                "[b-z].wav     | b.wav",
                "[!b-z].wav    | a.wav",
                "[ab].wav      | a.wav b.wav",
                "*.ogg         | ''",
            })
    void globsListTheirMatches(String glob, String expected) throws IOException {
        write("a.wav", "b.wav", ".c.wav", "d/a.flac", "d/e/a.wav", "d/e/c.mp3", "f/e/b.wav", ".g/e/a.wav");

        assertThat(String.join(" ", list(glob))).isEqualTo(expected);
    }

    @Test
    void foldersWithNamesLikeGlobsAreListed() throws IOException {
        write("[x]/a.wav", "[x]/b.txt");
        Configuration inFolder = new Configuration();
        inFolder.set("fs.file.impl.disable.cache", "true");
        inFolder.set("fs.file.impl", InWorkingFolder.class.getName());
        inFolder.set("test.working-folder", folder.resolve("[x]").toString());

        assertThat(ListedPaths.of("*.wav", inFolder)).containsExactly("file:" + folder.resolve("[x]/a.wav"));
        assertThat(ListedPaths.of("**/a.*", inFolder)).containsExactly("file:" + folder.resolve("[x]/a.wav"));
    }

    @Test
    void awkwardNamesAreListedOnceAndCanBeRead() throws IOException {
        write(AWKWARD_NAMES.toArray(String[]::new));

        List<String> listed = ListedPaths.of(folder.toString(), configuration);

        assertThat(relative(listed)).containsExactlyInAnyOrderElementsOf(AWKWARD_NAMES);
        HadoopAudio audio = new HadoopAudio(configuration);
        for (String path : listed) {
            assertThat(new String(audio.read(path, 100), StandardCharsets.UTF_8))
                    .isEqualTo(path.substring(path.lastIndexOf('/') + 1));
        }
    }

    @Test
    void namesThatAreNotUtf8AreListedByTheirBytesAndCanBeRead() throws IOException {
        List<String> names = List.of("caf%E8.wav", "caf%E9.wav", "odd%FF/inside%FE.wav");
        for (String name : names) {
            Path file = Path.of(URI.create(folder.toUri() + name));
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }

        List<String> listed = ListedPaths.of(folder.toString(), configuration);

        assertThat(relative(listed))
                .containsExactly("caf\uFFFDE8.wav", "caf\uFFFDE9.wav", "odd\uFFFDFF/inside\uFFFDFE.wav");
        HadoopAudio audio = new HadoopAudio(configuration);
        for (int i = 0; i < names.size(); i++) {
            assertThat(new String(audio.read(listed.get(i), 100), StandardCharsets.UTF_8))
                    .isEqualTo(names.get(i));
            assertThat(ListedPaths.of(listed.get(i).substring("file:".length()), configuration))
                    .containsExactly(listed.get(i));
        }
        assertThat(list("caf*.wav")).hasSize(2);
        assertThat(list("**/*.wav")).hasSize(names.size());
    }

    /** Local file systems allow times that tables do not. */
    @ParameterizedTest
    @CsvSource({
        "-9223372036854775808, 1900-01-01T00:00:00Z",
        "-62198755200000, 1900-01-01T00:00:00Z",
        "-2208988800001, 1900-01-01T00:00:00Z",
        "-1, 1969-12-31T23:59:59.999Z",
        "253402300799999, 9999-12-31T23:59:59.999Z",
        "253402300800000, 9999-12-31T23:59:59.999Z",
        "9223372036854775807, 9999-12-31T23:59:59.999Z",
    })
    void timesOutOfRangeBecomeTheNearestInRange(long milliseconds, Instant expected) {
        assertThat(Instant.ofEpochMilli(new FileTree.Entry("a", false, 1, milliseconds).modified()))
                .isEqualTo(expected);
    }

    @Test
    void anAwkwardNameNamesTheFileThatHasIt() throws IOException {
        write(AWKWARD_NAMES.toArray(String[]::new));

        for (String name : AWKWARD_NAMES) {
            assertThat(list(name)).as(name).containsExactly(name);
        }
        assertThat(list("*.wav")).containsExactlyInAnyOrder("*.wav");
        Files.delete(folder.resolve("*.wav"));
        assertThat(list("*.wav")).hasSize(AWKWARD_NAMES.size() - 2);
    }

    @Test
    void linksAreFollowedWithoutCycles() throws IOException {
        write("real/a.wav");
        Files.createSymbolicLink(folder.resolve("real/back"), folder.resolve("real"));
        Files.createSymbolicLink(folder.resolve("real/top"), folder);
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));

        assertTimeoutPreemptively(
                Duration.ofMinutes(1), () -> assertThat(list("")).containsExactly("link/a.wav", "real/a.wav"));
    }

    @Test
    void danglingLinksAreListed() throws IOException {
        Files.createSymbolicLink(folder.resolve("a.wav"), folder.resolve("gone"));

        assertThat(list("")).containsExactly("a.wav");
        assertThat(list("*.wav")).containsExactly("a.wav");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gone.wav", "gone/*.wav", "gone"})
    void missingPathsAreAnError(String input) {
        assertThatThrownBy(() -> list(input))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("gone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[a.wav", "{a.wav", "{a,{b}}.wav", "[z-a].wav", "[].wav"})
    void aMalformedGlobIsAnError(String glob) {
        assertThatThrownBy(() -> list(glob))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(glob);
    }

    private void write(String... names) throws IOException {
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, file.getFileName().toString());
        }
    }

    private List<String> list(String input) throws IOException {
        return relative(ListedPaths.of(input.isEmpty() ? folder.toString() : folder + "/" + input, configuration));
    }

    private List<String> relative(List<String> paths) {
        return paths.stream()
                .map(path -> path.substring(("file:" + folder + "/").length()))
                .toList();
    }

    /** The local file system, started in a folder of the test's choice. */
    public static final class InWorkingFolder extends LocalFileSystem {
        @Override
        public void initialize(URI uri, Configuration configuration) throws IOException {
            super.initialize(uri, configuration);
            setWorkingDirectory(new org.apache.hadoop.fs.Path(configuration.get("test.working-folder")));
        }
    }
}
