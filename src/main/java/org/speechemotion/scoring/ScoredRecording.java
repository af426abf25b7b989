package org.speechemotion.scoring;

import java.util.List;
import java.util.Optional;
import org.speechemotion.acoustics.AcousticProfile;
import org.speechemotion.asr.Transcript;
import org.speechemotion.audio.SourceFormat;

/**
 * The scores of a recording of any length.
 *
 * @param durationSeconds the duration of the audio, in s
 * @param source the format of the file
 * @param channels one timeline for the mix, or one for each channel, in the order of the file
 * @param transcripts one transcript for each of these channels; empty without a speech recogniser
 * @param call the speaking times, turns and interruptions of the speakers, or of the channels if no speakers are known
 * @param acoustics the acoustic properties of each of these channels; empty if they were not measured
 * @param speakers the speakers with known turns, in the order of their first turns
 */
public record ScoredRecording(
        double durationSeconds,
        SourceFormat source,
        List<Timeline> channels,
        List<Transcript> transcripts,
        CallStatistics call,
        List<AcousticProfile> acoustics,
        List<SpeakerScore> speakers) {
    /** The answer for a segment, a channel or a recording without speech. */
    public static final String SILENCE = "silence";

    /** Creates the scores of a recording without transcripts, {@link #call}, {@link #acoustics} and {@link #speakers}. */
    public ScoredRecording(double durationSeconds, SourceFormat source, List<Timeline> channels) {
        this(durationSeconds, source, channels, List.of());
    }

    /** Creates the scores of a recording without {@link #call}, {@link #acoustics} and {@link #speakers}. */
    public ScoredRecording(
            double durationSeconds, SourceFormat source, List<Timeline> channels, List<Transcript> transcripts) {
        this(durationSeconds, source, channels, transcripts, CallStatistics.of(List.of()), List.of(), List.of());
    }

    /**
     * Returns the words of a segment. Each word of a channel belongs to exactly one segment.
     *
     * @param channel the index of the channel, from 0
     * @param segment the index of the segment in the timeline of the channel
     */
    public Transcript words(int channel, int segment) {
        List<Segment> segments = channels.get(channel).segments();
        return transcripts
                .get(channel)
                .between(
                        segment == 0
                                ? Double.NEGATIVE_INFINITY
                                : segments.get(segment).startSeconds(),
                        segment == segments.size() - 1
                                ? Double.POSITIVE_INFINITY
                                : segments.get(segment).endSeconds());
    }

    /** Returns the summary of all channels together, each weighted by the duration of its speech. */
    public Timeline.Summary summary() {
        return Timeline.Summary.of(channels.stream().map(Timeline::summary).toList());
    }

    /** Returns the mean of the channels' embeddings, if they have any. */
    public Optional<float[]> embedding() {
        WeightedMean mean = new WeightedMean();
        channels.forEach(channel -> channel.embedding().ifPresent(values -> mean.add(values, 1)));
        return mean.values();
    }
}
