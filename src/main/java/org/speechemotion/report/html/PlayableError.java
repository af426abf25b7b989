package org.speechemotion.report.html;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.speechemotion.report.Misclassified;

/**
 * A misclassified clip with its audio.
 *
 * @param audio the file's bytes; empty if the file is missing or would make the page too large
 */
public record PlayableError(Misclassified error, Optional<byte[]> audio) {
    private static final long MAX_CLIP_BYTES = 2L << 20;
    private static final long MAX_PAGE_BYTES = 12L << 20;

    /**
     * Reads the clips from a run's folder of misclassified clips, up to 2 MiB each and 12 MiB in total.
     *
     * @param folder the folder of {@link org.speechemotion.report.MisclassifiedFolder}
     */
    public static List<PlayableError> read(List<Misclassified> errors, Path folder) throws IOException {
        List<PlayableError> playable = new ArrayList<>();
        long left = MAX_PAGE_BYTES;
        for (Misclassified error : errors) {
            Path file = folder.resolve(error.fileName());
            long size = Files.isRegularFile(file) ? Files.size(file) : Long.MAX_VALUE;
            boolean fits = size <= Math.min(MAX_CLIP_BYTES, left);
            left -= fits ? size : 0;
            playable.add(new PlayableError(error, fits ? Optional.of(Files.readAllBytes(file)) : Optional.empty()));
        }
        return playable;
    }
}
