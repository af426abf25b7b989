package org.speechemotion.scoring;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.speechemotion.audio.Resampler;
import org.speechemotion.metrics.Probabilities;

/**
 * Views of a clip, or of a window of a recording, that are scored instead of the clip alone (test-time augmentation): the clip played
 * at several speeds, which changes its tempo and its pitch. The mean of the logarithms of their probabilities is that of the clip. The
 * speeds are evenly spaced from 8 % slower to 8 % faster; an odd number of views includes the clip as it is.
 *
 * @param count the number of views, 1 to {@value #MAX}; 1 for the clip alone
 */
public record SpeedViews(int count) implements Serializable {
    /** The clip alone. */
    public static final SpeedViews NONE = new SpeedViews(1);

    private static final int MAX = 15;
    private static final double SPREAD = 0.08;

    /** @throws IllegalArgumentException if the number is out of its range */
    public SpeedViews {
        requireAllowed(count);
    }

    /**
     * Requires that a number of views is allowed.
     *
     * @throws IllegalArgumentException if it is not
     */
    public static void requireAllowed(int count) {
        if (count < 1 || count > MAX) {
            throw new IllegalArgumentException("score.views is " + count + "; allowed: 1 to " + MAX);
        }
    }

    /** Returns the speed of each view; 1 is that of the clip. */
    public List<Double> speeds() {
        return count == 1
                ? List.of(1.0)
                : IntStream.range(0, count)
                        .mapToObj(i -> 1 + SPREAD * (2.0 * i / (count - 1) - 1))
                        .toList();
    }

    /**
     * Returns a clip as it sounds at another speed.
     *
     * @param samples {@code [time]}
     * @return {@code [time / speed]}, or the array itself if the speed is 1
     */
    public static float[] atSpeed(double speed, float[] samples, int sampleRate) {
        int played = Math.toIntExact(Math.round(speed * sampleRate));
        return played == sampleRate ? samples : Resampler.of(played, sampleRate).resample(samples);
    }

    /**
     * Scores the views of clips.
     *
     * @param scorer scores clips {@code [time]}, one score for each
     * @return the mean score of each clip, with the mean of the views' embeddings
     */
    List<ClipScore> score(List<float[]> clips, int sampleRate, Function<List<float[]>, List<ClipScore>> scorer) {
        List<List<ClipScore>> views = new ArrayList<>();
        for (double speed : speeds()) {
            views.add(scorer.apply(
                    clips.stream().map(clip -> atSpeed(speed, clip, sampleRate)).toList()));
        }
        return count == 1
                ? views.get(0)
                : IntStream.range(0, clips.size())
                        .mapToObj(clip -> meanScore(
                                views.stream().map(view -> view.get(clip)).toList()))
                        .toList();
    }

    private static ClipScore meanScore(List<ClipScore> views) {
        // A view that is not finite makes the clip so, which would otherwise be hidden by the lower bound of the
        // logarithm.
        Optional<ClipScore> broken =
                views.stream().filter(view -> !view.isFinite()).findFirst();
        return broken.orElseGet(() -> new ClipScore(
                Probabilities.mean(views.stream().map(ClipScore::probabilities).toList()),
                views.get(0).embedding().map(first -> meanEmbedding(views, first.length))));
    }

    private static float[] meanEmbedding(List<ClipScore> views, int width) {
        float[] mean = new float[width];
        for (ClipScore view : views) {
            for (int i = 0; i < width; i++) {
                mean[i] += view.embedding().orElseThrow()[i] / views.size();
            }
        }
        return mean;
    }
}
