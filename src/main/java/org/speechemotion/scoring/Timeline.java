package org.speechemotion.scoring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.metrics.Probabilities;

/**
 * The scores of a channel of a recording.
 *
 * @param summary the summary of the whole channel
 * @param segments the segments in order, from 0 s to the end of the recording; a single one if it is no longer than a window. Those
 *     of a speaker are of their turns alone
 * @param embedding the mean of the embeddings of all windows, including silent ones; empty if it was not asked for
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Timeline(Summary summary, List<Segment> segments, Optional<float[]> embedding) {

    /**
     * Returns the shares of the answers in the time of speech.
     *
     * @param emotions the emotions of the model
     * @param abstainBelow the confidence below which the answer of a segment is {@link Probabilities#UNCERTAIN}
     * @return answer → share, 0 to 1, for every emotion in label order and then for {@link Probabilities#UNCERTAIN}; the shares
     *     sum to 1, or are all 0 if there is no speech
     */
    public Map<String, Double> shares(EmotionSet emotions, double abstainBelow) {
        Map<String, Double> shares = new LinkedHashMap<>();
        emotions.ids().forEach(id -> shares.put(id, 0.0));
        shares.put(Probabilities.UNCERTAIN, 0.0);
        for (Segment segment : segments) {
            segment.probabilities()
                    .ifPresent(likely -> shares.merge(
                            likely.answer(abstainBelow), segment.seconds() / summary.speechSeconds(), Double::sum));
        }
        return shares;
    }

    /**
     * Returns the mean over the segments of speech between two times in s, each weighted by its time between them; empty if there
     * is no speech between them.
     */
    public Optional<Probabilities> meanBetween(double startSeconds, double endSeconds) {
        WeightedMean mean = new WeightedMean();
        for (Segment segment : segments) {
            double start = Math.max(segment.startSeconds(), startSeconds);
            double end = Math.min(segment.endSeconds(), endSeconds);
            if (segment.speech() && end > start) {
                mean.add(segment.probabilities().orElseThrow(), end - start);
            }
        }
        return mean.probabilities();
    }

    /**
     * The summary of a channel.
     *
     * @param speechSeconds the total duration of the segments of speech, in s
     * @param probabilities the mean over the segments of speech before smoothing, weighted by duration; empty if there is no
     *     speech
     */
    public record Summary(double speechSeconds, Optional<Probabilities> probabilities) {

        /** Returns the summary of several channels, weighted by the duration of their speech. */
        static Summary of(List<Summary> channels) {
            if (channels.size() == 1) {
                return channels.get(0);
            }
            double speech =
                    channels.stream().mapToDouble(Summary::speechSeconds).sum();
            WeightedMean mean = new WeightedMean();
            for (Summary channel : channels) {
                channel.probabilities.ifPresent(likely -> mean.add(likely, channel.speechSeconds));
            }
            return new Summary(speech, mean.probabilities());
        }
    }
}
