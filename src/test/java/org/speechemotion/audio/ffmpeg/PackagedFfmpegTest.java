package org.speechemotion.audio.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagedFfmpegTest {

    private final String platform = PackagedFfmpeg.platform();

    @TempDir
    private Path temporary;

    @Test
    void extractsOnceForAllProcesses() throws Exception {
        List<Path> folders = IntStream.range(0, 3)
                .parallel()
                .mapToObj(i -> extract())
                .distinct()
                .toList();
        assertThat(folders).hasSize(1);
        assertThat(extract()).isEqualTo(folders.get(0));
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files).containsExactly(folders.get(0));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folders.get(0))))
                .isEqualTo("rwx------");
    }

    @Test
    void needsNoLibrariesOfScreenAndSound() throws Exception {
        Path folder = extract();
        Process process = new ProcessBuilder(folder.resolve("ffmpeg").toString(), "-version").start();
        String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(version).startsWith("ffmpeg version 5.0").doesNotContain("--enable-gpl", "--enable-nonfree");
        ProcessBuilder listing = new ProcessBuilder(folder.resolve("ffmpeg").toString());
        listing.environment().put("LD_TRACE_LOADED_OBJECTS", "1");
        String libraries = new String(listing.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(libraries.lines().filter(line -> line.matches(".*lib(xcb|asound|X|bsd).*")))
                .hasSize(5)
                .allMatch(line -> line.contains(folder.toString()));
    }

    @Test
    void doesNotUseDamagedFilesOrUnsafeFolders() throws IOException {
        Path shared = extract();
        Files.writeString(shared.resolve("ffmpeg"), "#!/bin/sh\necho harm\n");
        Path other = extract();
        assertThat(other).isNotEqualTo(shared);
        assertThat(Files.size(other.resolve("ffmpeg"))).isGreaterThan(100_000);

        Path second = Files.createDirectory(temporary.resolve("second"));
        Path writable = PackagedFfmpeg.extract(platform, second);
        Files.setPosixFilePermissions(writable, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(PackagedFfmpeg.extract(platform, second)).isNotEqualTo(writable);
    }

    @Test
    void anUnsupportedPlatformIsNamed() {
        assertThatIOException()
                .isThrownBy(() -> PackagedFfmpeg.extract("linux-riscv64", temporary))
                .withMessage("there is no ffmpeg for linux-riscv64 in the jar");
    }

    private Path extract() {
        try {
            return PackagedFfmpeg.extract(platform, temporary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
