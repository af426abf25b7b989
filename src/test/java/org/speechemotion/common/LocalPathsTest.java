package org.speechemotion.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** These tests need Linux, the only system with names that are not UTF-8. */
@EnabledOnOs(OS.LINUX)
class LocalPathsTest {
    @TempDir
    private Path folder;

    /** Bytes of a name, percent-encoded, and its text. */
    @ParameterizedTest
    @CsvSource({
        "plain.wav, plain.wav",
        "caf%C3%A9.wav, café.wav",
        "caf%E9.wav, caf�E9.wav",
        "caf%E8.wav, caf�E8.wav",
        "caf%25E9.wav, caf%E9.wav",
        "%FF, �FF",
        "%E5%A3, �E5�A3",
        "%E5%A3%B0%FF%F0%9D%84%9E, 声�FF𝄞",
        "%EF%BF%BD, �EF�BF�BD",
        "%EF%BF%BDE9.wav, �EF�BF�BDE9.wav",
        "a%FF%20b%0A, 'a�FF b\n'",
        "%ED%A0%80, �ED�A0�80",
    })
    void noByteIsLost(String encoded, String text) throws IOException {
        Path path = Path.of(URI.create(folder.toUri() + encoded));
        Files.writeString(path, encoded);

        assertThat(LocalPaths.text(path)).isEqualTo(folder + "/" + text);
        assertThat(LocalPaths.of(folder + "/" + text)).isEqualTo(path).hasContent(encoded);
    }

    @Test
    void undecodableNamesHaveDistinctTexts() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (int value = 0x80; value <= 0xFF; value++) {
            String name = "x%" + Integer.toHexString(value);
            Files.writeString(Path.of(URI.create(folder.toUri() + name)), name);
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String text = LocalPaths.text(file);
                contents.put(text, Files.readString(LocalPaths.of(text), StandardCharsets.UTF_8));
            }
        }
        assertThat(contents).hasSize(128);
        contents.forEach(
                (text, name) -> assertThat(text.toLowerCase(Locale.ROOT)).endsWith(name.replace('%', '�')));
    }

    @Test
    void aFolderHasNoSlashAtItsEnd() throws IOException {
        Path odd = Files.createDirectory(Path.of(URI.create(folder.toUri() + "odd%FF")));

        assertThat(LocalPaths.text(odd)).isEqualTo(folder + "/odd�FF");
        assertThat(LocalPaths.text(odd.resolve("a.wav"))).isEqualTo(folder + "/odd�FF/a.wav");
    }

    @Test
    void relativeTextsAreBelowTheWorkingFolder() {
        assertThat(LocalPaths.of("a/b.wav")).isEqualTo(Path.of("a/b.wav"));
        assertThat(LocalPaths.of("odd�FF").getParent()).isEqualTo(Path.of("").toAbsolutePath());
    }

    @Test
    void aNulIsRefused() {
        assertThatThrownBy(() -> LocalPaths.of("/a\0b")).isInstanceOf(InvalidPathException.class);
    }

    /** A mark without two digits is not ours: the character itself. */
    @Test
    void aLoneMarkIsThatCharacter() {
        assertThat(LocalPaths.of("/�x").toUri().getRawPath()).isEqualTo("/%EF%BF%BDx");
        assertThat(LocalPaths.of("/�").toUri().getRawPath()).isEqualTo("/%EF%BF%BD");
    }
}
