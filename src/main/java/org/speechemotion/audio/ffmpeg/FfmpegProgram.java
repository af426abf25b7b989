package org.speechemotion.audio.ffmpeg;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Finds the program. */
public final class FfmpegProgram {

    private FfmpegProgram() {}

    /**
     * Returns the path of a program; that in the jar is extracted if necessary.
     *
     * @param name the name of the program, as in {@link FfmpegSettings#program}
     * @throws IOException if there is no such program, or it cannot be extracted
     */
    public static Path find(String name) throws IOException {
        if (name.isEmpty()) {
            return PackagedFfmpeg.program();
        }
        if (name.equals(FfmpegSettings.NONE)) {
            throw new IOException("audio.ffmpeg.program is " + FfmpegSettings.NONE);
        }
        if (name.contains("/") || name.contains(File.separator)) {
            return required(Path.of(name));
        }
        String folders = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(folders.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(FfmpegProgram::isProgram)
                .findFirst()
                .orElseThrow(() -> new IOException("audio.ffmpeg.program is " + name + ", which is not in PATH"));
    }

    private static Path required(Path program) throws IOException {
        if (!isProgram(program)) {
            throw new IOException("audio.ffmpeg.program is " + program + ", which is not an executable file");
        }
        return program.toAbsolutePath();
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
