package org.speechemotion.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.audio.AudioSource;

class LocalAudioTest {

    @TempDir
    private Path folder;

    private final LocalAudio audio = new LocalAudio();

    @ParameterizedTest
    @ValueSource(longs = {100, 101, 2147483647L, 3000000000L, Long.MAX_VALUE})
    void readsAFile(long maxBytes) throws IOException {
        assertThat(audio.read(file().toString(), maxBytes)).isEqualTo(content());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 10, 99})
    void doesNotReadTooLargeFiles(long maxBytes) throws IOException {
        String path = file().toString();
        assertThatExceptionOfType(AudioSource.TooLargeException.class)
                .isThrownBy(() -> audio.read(path, maxBytes))
                .withMessage("the file has 100 bytes; allowed: at most " + maxBytes);
    }

    private Path file() throws IOException {
        return Files.write(folder.resolve("größe 1.wav"), content());
    }

    private static byte[] content() {
        byte[] content = new byte[100];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) i;
        }
        return content;
    }

    @Test
    void missingFilesAreRejected() {
        String path = folder.resolve("gone.wav").toString();
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> audio.read(path, 100))
                .withMessage(path + ": no such file");
    }

    @Test
    void foldersAreRejected() {
        assertThatIOException()
                .isThrownBy(() -> audio.read(folder.toString(), 100))
                .withMessage(folder + " is not a regular file");
    }

    @Test
    void invalidPathsAreRejected() {
        assertThatIOException().isThrownBy(() -> audio.read("a\0b", 100)).withMessageStartingWith("not a path: ");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
    void pipesDoNotBlock() throws Exception {
        Path pipe = folder.resolve("pipe.wav");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThatIOException()
                .isThrownBy(() -> audio.read(pipe.toString(), 100))
                .withMessage(pipe + " is not a regular file");
    }
}
