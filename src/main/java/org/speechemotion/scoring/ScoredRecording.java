package org.speechemotion.scoring;

import java.util.List;
import java.util.Optional;
import org.speechemotion.audio.SourceFormat;

/**
 * The scores of a recording of any length.
 *
 * @param durationSeconds the duration of the audio, in s
 * @param source the format of the file
 * @param channels one timeline for the mix, or one for each channel, in the order of the file
 * @param call who speaks how much
 */
public record ScoredRecording(
        double durationSeconds, SourceFormat source, List<Timeline> channels, CallStatistics call) {
    /** The answer for a segment, a channel or a recording without speech. */
    public static final String SILENCE = "silence";

    /** The summary of all channels together, each weighted by the duration of its speech. */
    public Timeline.Summary summary() {
        return Timeline.Summary.of(channels.stream().map(Timeline::summary).toList());
    }

    /** The mean of the channels' embeddings, if they have any. */
    public Optional<float[]> embedding() {
        WeightedMean mean = new WeightedMean();
        channels.forEach(channel -> channel.embedding().ifPresent(values -> mean.add(values, 1)));
        return mean.values();
    }
}
