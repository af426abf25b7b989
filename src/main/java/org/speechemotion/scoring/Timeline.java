package org.speechemotion.scoring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.metrics.Probabilities;

/**
 * What a channel of a recording came out as.
 *
 * @param summary of the whole channel
 * @param segments in order, from 0 s to the recording's end; one where the recording is not longer than a window
 * @param embedding the mean over the channel's windows, silent ones too, of the mean over a window's frames of what the
 *     encoder gives, where it was asked for
 */
@SuppressWarnings("ArrayRecordComponent") // a row on its way out: compared by nobody
public record Timeline(Summary summary, List<Segment> segments, Optional<float[]> embedding) {

    /**
     * How the time of speech divides among the answers of its segments: those that abstain are a share of their own.
     *
     * @param abstainBelow confidence below which a segment's answer is {@link Probabilities#UNCERTAIN}
     * @return answer → share, 0 to 1, of every emotion in label order and then of {@link Probabilities#UNCERTAIN}; the shares
     *     sum to 1, and are all 0 where all is silence
     */
    public Map<String, Double> shares(double abstainBelow) {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (Emotion emotion : Emotion.values()) {
            shares.put(emotion.id(), 0.0);
        }
        shares.put(Probabilities.UNCERTAIN, 0.0);
        for (Segment segment : segments) {
            segment.probabilities()
                    .ifPresent(likely -> shares.merge(
                            likely.answer(abstainBelow), segment.seconds() / summary.speechSeconds(), Double::sum));
        }
        return shares;
    }

    /**
     * A channel in a line.
     *
     * @param speechSeconds how long the segments of speech last together, in s
     * @param probabilities the mean over the segments of speech, before they are smoothed, each by its length; nothing
     *     where all is silence
     */
    public record Summary(double speechSeconds, Optional<Probabilities> probabilities) {

        /** Of channels together, each by how long its speech is; of one, that one. */
        static Summary of(List<Summary> channels) {
            if (channels.size() == 1) {
                return channels.get(0);
            }
            double speech =
                    channels.stream().mapToDouble(Summary::speechSeconds).sum();
            WeightedMean mean = new WeightedMean();
            for (Summary channel : channels) {
                channel.probabilities.ifPresent(likely -> mean.add(likely.values(), channel.speechSeconds));
            }
            return new Summary(speech, mean.values().map(Probabilities::new));
        }
    }
}
