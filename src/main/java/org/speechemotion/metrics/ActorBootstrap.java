package org.speechemotion.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.speechemotion.random.KeyedRandom;

/**
 * 95 % percentile intervals from actors drawn with replacement (Efron 1979; cluster bootstrap, Field and Welsh 2007).
 *
 * <p>Actors are drawn, not clips: a speaker's clips rise and fall together, and an interval over clips would be too narrow.
 * With fewer than two actors nothing can be said about other speakers, and the interval is [0, 1].
 */
public final class ActorBootstrap {
    private ActorBootstrap() {}

    /** The interval of the accuracy. */
    public static Interval accuracy(Map<String, ConfusionMatrix> byActor, int resamples, long seed) {
        return interval(byActor, Scores::accuracy, resamples, seed);
    }

    /** The interval of the unweighted average recall. */
    public static Interval unweightedAverageRecall(Map<String, ConfusionMatrix> byActor, int resamples, long seed) {
        return interval(byActor, Scores::unweightedAverageRecall, resamples, seed);
    }

    /** The interval of the macro F1. */
    public static Interval macroF1(Map<String, ConfusionMatrix> byActor, int resamples, long seed) {
        return interval(byActor, Scores::macroF1, resamples, seed);
    }

    /**
     * The interval of a score in [0, 1]. Resample r draws from (seed, r), so the result depends on the arguments alone.
     *
     * @throws IllegalArgumentException if there are no resamples
     */
    public static Interval interval(
            Map<String, ConfusionMatrix> byActor, ToDoubleFunction<Scores> score, int resamples, long seed) {
        if (resamples < 1) {
            throw new IllegalArgumentException("resamples is " + resamples + "; allowed: at least 1");
        }
        if (byActor.size() < 2) {
            return Interval.UNKNOWN;
        }
        List<ConfusionMatrix> matrices = List.copyOf(new TreeMap<>(byActor).values());
        double[] scores = new double[resamples];
        for (int resample = 0; resample < resamples; resample++) {
            KeyedRandom random = new KeyedRandom(seed, "actor-bootstrap", Integer.toString(resample));
            ConfusionMatrix drawn = ConfusionMatrix.empty();
            for (int i = 0; i < matrices.size(); i++) {
                drawn = drawn.merge(matrices.get(random.nextInt(matrices.size())));
            }
            scores[resample] = score.applyAsDouble(Scores.of(drawn));
        }
        Arrays.sort(scores);
        return new Interval(quantile(scores, 0.025), quantile(scores, 0.975));
    }

    /** Linear between the two nearest values (type 7 of Hyndman and Fan 1996, the default of NumPy and R). */
    static double quantile(double[] sorted, double probability) {
        double position = probability * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
