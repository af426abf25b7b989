package org.speechemotion.infer;

import java.util.List;
import java.util.Optional;
import org.speechemotion.corpus.Emotion;

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
     * A channel in a line.
     *
     * @param speechSeconds how long the segments of speech last together, in s
     * @param probabilities the mean over the segments of speech, before they are smoothed, each by its length; nothing
     *     where all is silence
     * @param shares one for each emotion in label order: of the time of speech, how much is in segments of which it is the
     *     likeliest emotion; they sum to 1, and are all 0 where all is silence
     */
    @SuppressWarnings("ArrayRecordComponent") // as above
    public record Summary(double speechSeconds, Optional<Probabilities> probabilities, double[] shares) {

        /** Of channels together, each by how long its speech is; of one, that one. */
        static Summary of(List<Summary> channels) {
            if (channels.size() == 1) {
                return channels.get(0);
            }
            double speech =
                    channels.stream().mapToDouble(Summary::speechSeconds).sum();
            WeightedMean mean = new WeightedMean();
            double[] shares = new double[Emotion.count()];
            for (Summary channel : channels) {
                channel.probabilities.ifPresent(likely -> {
                    mean.add(likely.values(), channel.speechSeconds);
                    for (int i = 0; i < shares.length; i++) {
                        shares[i] += channel.shares[i] * channel.speechSeconds / speech;
                    }
                });
            }
            return new Summary(speech, mean.values().map(Probabilities::new), shares);
        }
    }
}
