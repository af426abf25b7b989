package org.speechemotion.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.speechemotion.common.Sha256;

/** Hashes the names and contents of a set of files, independent of their location. */
public final class Fingerprint {
    private Fingerprint() {}

    /**
     * Returns the SHA-256, in hexadecimal, that {@code sha256sum <sorted names> | sha256sum} prints in their folder.
     *
     * @throws WeightsException if a file cannot be read
     */
    public static String of(List<Path> files) {
        return Sha256.of(files.stream()
                .sorted(Comparator.comparing((Path file) -> file.getFileName().toString()))
                .map(Fingerprint::line)
                .collect(Collectors.joining()));
    }

    /**
     * Returns the names, sizes and times of files, which change when the files do. Unlike the fingerprint, they are no proof of the
     * content, but cheap.
     *
     * @throws WeightsException if a file is missing
     */
    public static String state(List<Path> files) {
        StringBuilder state = new StringBuilder();
        for (Path file : files) {
            try {
                state.append(file.getFileName())
                        .append(' ')
                        .append(Files.size(file))
                        .append(' ');
                state.append(Files.getLastModifiedTime(file)).append('\n');
            } catch (IOException e) {
                throw new WeightsException(file + " cannot be read: " + e, e);
            }
        }
        return state.toString();
    }

    private static String line(Path file) {
        try {
            return Sha256.of(file) + "  " + file.getFileName() + "\n";
        } catch (IOException e) {
            throw new WeightsException(file + " cannot be read: " + e, e);
        }
    }
}
