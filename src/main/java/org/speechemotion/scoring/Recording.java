package org.speechemotion.scoring;

import java.util.List;
import java.util.Optional;
import org.speechemotion.audio.SourceFormat;
import org.speechemotion.common.Rejection;

/** What a file of any length came out as: every input has exactly one. */
public sealed interface Recording {
    /** What stands for the emotion of a segment, a channel or a recording in which nobody speaks. */
    String SILENCE = "silence";

    String path();

    /** SHA-256 of the file's bytes, as 64 hexadecimal digits; nothing where it could not be read to its end. */
    Optional<String> sha256();

    /**
     * A file that was scored.
     *
     * @param durationSeconds of the audio
     * @param source the file as it was
     * @param channels one timeline for the mix, or one for each channel, in the file's order
     */
    record Scored(
            String path, Optional<String> sha256, double durationSeconds, SourceFormat source, List<Timeline> channels)
            implements Recording {
        /** Of all channels together: what is said on each counts by how long it is. */
        public Timeline.Summary summary() {
            return Timeline.Summary.of(channels.stream().map(Timeline::summary).toList());
        }

        /** The mean of the channels' embeddings, where they have them. */
        public Optional<float[]> embedding() {
            WeightedMean mean = new WeightedMean();
            channels.forEach(channel -> channel.embedding().ifPresent(values -> mean.add(values, 1)));
            return mean.values();
        }
    }

    /** A file that gives no result. */
    record Rejected(String path, Optional<String> sha256, Rejection rejection) implements Recording {}

    /** A file that was left alone, as its content is one of {@link org.speechemotion.audio.SeenContent}. */
    record Seen(String path, Optional<String> sha256) implements Recording {}
}
