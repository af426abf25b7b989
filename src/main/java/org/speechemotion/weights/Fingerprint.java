package org.speechemotion.weights;

import java.io.IOException;
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

    private static String line(Path file) {
        try {
            return Sha256.of(file) + "  " + file.getFileName() + "\n";
        } catch (IOException e) {
            throw new WeightsException(file + " cannot be read: " + e, e);
        }
    }
}
