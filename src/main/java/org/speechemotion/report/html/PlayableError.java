package org.speechemotion.report.html;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.speechemotion.report.Misclassified;

/**
 * An error with its clip.
 *
 * @param audio the file's bytes; empty where they would make the page too large, or there are none
 */
public record PlayableError(Misclassified error, Optional<byte[]> audio) {
    private static final long MOST_BYTES = 2L << 20;
    private static final long MOST_BYTES_IN_ALL = 12L << 20;

    /**
     * Takes the clips out of a run's folder of misclassified clips: each up to 2 MiB, 12 MiB in all.
     *
     * @param folder see {@link org.speechemotion.report.MisclassifiedFolder}
     */
    public static List<PlayableError> read(List<Misclassified> errors, Path folder) throws IOException {
        List<PlayableError> playable = new ArrayList<>();
        long left = MOST_BYTES_IN_ALL;
        for (Misclassified error : errors) {
            Path file = folder.resolve(error.fileName());
            long size = Files.isRegularFile(file) ? Files.size(file) : Long.MAX_VALUE;
            boolean fits = size <= Math.min(MOST_BYTES, left);
            left -= fits ? size : 0;
            playable.add(new PlayableError(error, fits ? Optional.of(Files.readAllBytes(file)) : Optional.empty()));
        }
        return playable;
    }
}
