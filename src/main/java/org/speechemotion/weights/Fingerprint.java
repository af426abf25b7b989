package org.speechemotion.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.speechemotion.common.Sha256;

/** What tells two sets of files apart: their names and every byte of them, but not where they lie. */
public final class Fingerprint {
    private Fingerprint() {}

    /**
     * Hashes files: in their folder, {@code sha256sum <names, sorted> | sha256sum} prints the same.
     *
     * @return SHA-256, in hex
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
