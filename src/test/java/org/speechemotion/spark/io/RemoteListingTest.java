package org.speechemotion.spark.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists files of file systems that differ from a local one. */
class RemoteListingTest {
    private final Configuration configuration = new Configuration();

    @TempDir
    private Path folder;

    /** Tests may run as root, whom nothing is forbidden. */
    @ParameterizedTest
    @ValueSource(strings = {"", "/*.wav", "/*/*.wav", "/**/*.wav"})
    void unlistableFoldersAreEntriesWithTheCause(String glob) throws IOException {
        write("a.wav", "b/c.wav", "lost+found/secret.wav", "b/lost+found/secret.wav", "b/z.wav");
        Configuration guarded = new Configuration();
        guarded.set("fs.guarded.impl", Guarded.class.getName());

        List<FileTree.Entry> entries = FileListing.entries("guarded:" + folder + glob, guarded);

        List<String> failures = entries.stream()
                .filter(FileTree.Entry::failed)
                .map(entry -> entry.path().substring(entry.path().indexOf(folder.toString())) + " " + entry.failure())
                .toList();
        String cause = " the folder could not be listed: permission denied: user=test, access=READ_EXECUTE";
        List<String> expected = List.of(folder + "/b/lost+found" + cause, folder + "/lost+found" + cause);
        assertThat(failures)
                .isEqualTo(
                        switch (glob) {
                            case "/*.wav" -> List.of();
                            case "/*/*.wav" -> expected.subList(1, 2);
                            default -> expected;
                        });
        assertThat(entries.stream().filter(entry -> !entry.failed()))
                .hasSize(
                        switch (glob) {
                            case "/*.wav" -> 1;
                            case "/*/*.wav" -> 2;
                            default -> 3;
                        });
    }

    @Test
    void theInputItselfMustBeListed() throws IOException {
        write("lost+found/secret.wav");
        Configuration guarded = new Configuration();
        guarded.set("fs.guarded.impl", Guarded.class.getName());

        assertThatThrownBy(() -> ListedPaths.of("guarded:" + folder.resolve("lost+found"), guarded))
                .isInstanceOf(AccessControlException.class);
    }

    /** A file system with folders that may not be listed. */
    static final class Guarded extends RawLocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create("guarded:///");
        }

        @Override
        public String getScheme() {
            return "guarded";
        }

        @Override
        public FileStatus[] listStatus(org.apache.hadoop.fs.Path path) throws IOException {
            if (path.getName().equals("lost+found")) {
                throw new AccessControlException("Permission denied: user=test, access=READ_EXECUTE");
            }
            return super.listStatus(path);
        }
    }

    @Test
    void manyFoldersAreListedAtOnceAndInOrder() throws IOException {
        ManyFiles.register(configuration, 2345, 1);

        assertThat(ListedPaths.of("many://archive/recordings", configuration))
                .isEqualTo(IntStream.range(0, 2345).mapToObj(ManyFiles::path).toList());
    }

    /** A store of objects has no folders, so that an object and a prefix may have one name. */
    @Test
    void aFileAndAFolderOfOneNameAreOneInput() throws IOException {
        write("a.wav/inside.wav");
        configuration.set("fs.doubled.impl", Doubled.class.getName());
        String root = "doubled:" + folder;

        assertThat(FileListing.entries(root, configuration))
                .extracting(FileTree.Entry::path, FileTree.Entry::folder)
                .containsExactly(tuple(root + "/a.wav", false), tuple(root + "/a.wav/inside.wav", false));
    }

    /** A file system in which every folder is a file, too. */
    static final class Doubled extends RemoteFiles {
        @Override
        public URI getUri() {
            return URI.create("doubled:///");
        }

        @Override
        public String getScheme() {
            return "doubled";
        }

        @Override
        public FileStatus[] listStatus(org.apache.hadoop.fs.Path path) throws IOException {
            return Arrays.stream(super.listStatus(path))
                    .flatMap(status -> status.isDirectory()
                            ? Stream.of(status, new FileStatus(7, false, 1, 1, 1, status.getPath()))
                            : Stream.of(status))
                    .toArray(FileStatus[]::new);
        }
    }

    @Test
    void otherFileSystemsAreListedAlike() throws IOException {
        write("b.wav", "notes.txt", "a/d.mp3", ".hidden.wav", "a/.hidden/e.wav", "x.wav/inside.flac");
        configuration.set("fs.remote.impl", RemoteFiles.class.getName());
        String root = "remote:" + folder;

        assertThat(ListedPaths.of(root, configuration))
                .containsExactly(
                        root + "/a/d.mp3",
                        root + "/b.wav",
                        root + "/notes.txt",
                        root + "/x.wav",
                        root + "/x.wav/inside.flac");
        assertThat(ListedPaths.of(root + "/*", configuration))
                .containsExactly(root + "/b.wav", root + "/notes.txt", root + "/x.wav");
        assertThat(ListedPaths.of(root + "/**/*.{wav,mp3}", configuration))
                .containsExactly(root + "/a/d.mp3", root + "/b.wav", root + "/x.wav");
    }

    private void write(String... names) throws IOException {
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, file.getFileName().toString());
        }
    }
}
