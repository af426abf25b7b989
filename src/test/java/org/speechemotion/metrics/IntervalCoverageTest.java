package org.speechemotion.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.speechemotion.random.KeyedRandom;

/**
 * Draws samples of speakers from populations whose scores are known, and counts how often the interval of a sample covers
 * the score of the population.
 */
class IntervalCoverageTest {
    private static final int SAMPLES = 1000;
    private static final int POPULATION = 3000;
    private static final List<Integer> SPEAKERS = List.of(SpeakerJackknife.MIN_SPEAKERS, 4, 6, 16, 24);

    private static final Map<Score, ToDoubleFunction<Scores>> VALUES = new EnumMap<>(Map.of(
            Score.ACCURACY, Scores::accuracy,
            Score.UAR, Scores::unweightedAverageRecall,
            Score.MACRO_F1, Scores::macroF1));
    private static final Map<Score, Function<ScoreIntervals, Interval>> INTERVALS = new EnumMap<>(Map.of(
            Score.ACCURACY, ScoreIntervals::accuracy,
            Score.UAR, ScoreIntervals::unweightedAverageRecall,
            Score.MACRO_F1, ScoreIntervals::macroF1));

    private enum Score {
        ACCURACY,
        UAR,
        MACRO_F1
    }

    private static final List<Integer> RAVDESS_CLIPS = List.of(4, 8, 8, 8, 8, 8, 8, 8);

    static List<Population> populations() {
        return List.of(
                new Population("RAVDESS", 0.4, 0.35, 0.8, RAVDESS_CLIPS),
                new Population("CREMA-D", 0.6, 0.5, 0.6, List.of(11, 0, 13, 13, 13, 13, 13, 0)),
                new Population("good model", 2.5, 0.6, 0.6, RAVDESS_CLIPS),
                new Population("equal speakers", 0.4, 0, 0, RAVDESS_CLIPS),
                new Population("classes missing", 0.4, 0.45, 0.8, List.of()));
    }

    /**
     * Speakers differ by a normal effect on the logit of all recalls, and by one on the logit of each class's recall.
     *
     * @param clips of every speaker by class; if empty, a speaker has 3 to 13 clips of a class, and none of a quarter of them
     */
    private record Population(
            String name, double meanLogit, double speakerSpread, double classSpread, List<Integer> clips) {
        ConfusionMatrix speaker(KeyedRandom random) {
            long[][] counts = new long[8][8];
            double speaker = meanLogit + speakerSpread * random.nextGaussian();
            for (int truth = 0; truth < 8; truth++) {
                double logit = speaker + 0.2 * (truth % 4 - 1.5) + classSpread * random.nextGaussian();
                double recall = 1 / (1 + Math.exp(-logit));
                for (int clip = clips(truth, random); clip > 0; clip--) {
                    boolean right = random.nextDouble() < recall;
                    counts[truth][right ? truth : confusion(truth, random)]++;
                }
            }
            return ConfusionMatrix.of(counts);
        }

        private int clips(int truth, KeyedRandom random) {
            if (!clips.isEmpty()) {
                return clips.get(truth);
            }
            return random.nextDouble() < 0.25 ? 0 : 3 + random.nextInt(11);
        }

        private boolean has(int emotion) {
            return clips.isEmpty() || clips.get(emotion) > 0;
        }

        /** Another class that has clips; those nearby are likelier. */
        private int confusion(int truth, KeyedRandom random) {
            int other;
            do {
                other = (truth + 1 + Math.min(random.nextInt(7), random.nextInt(7))) % 8;
            } while (other == truth || !has(other));
            return other;
        }
    }

    @ParameterizedTest
    @MethodSource("populations")
    void intervalsCoverTheScoreOfThePopulation(Population population) {
        Scores truth = new SpeakerJackknife(sample(population, POPULATION, "all")).pooled();
        for (int speakers : SPEAKERS) {
            Map<Score, Integer> covered = new EnumMap<>(Score.class);
            for (int i = 0; i < SAMPLES; i++) {
                ScoreIntervals intervals = new SpeakerJackknife(sample(population, speakers, speakers + "/" + i))
                        .intervals()
                        .orElseThrow();
                for (Score score : Score.values()) {
                    Interval interval = INTERVALS.get(score).apply(intervals);
                    double value = VALUES.get(score).applyAsDouble(truth);
                    boolean inside = interval.low() <= value && value <= interval.high();
                    covered.merge(score, inside ? 1 : 0, Integer::sum);
                }
            }
            covered.forEach((score, count) -> assertThat((double) count / SAMPLES)
                    .as("coverage of %s with %d speakers of %s", score, speakers, population)
                    .isBetween(0.93, 0.97));
        }
    }

    private static List<ConfusionMatrix> sample(Population population, int speakers, String key) {
        List<ConfusionMatrix> sample = new ArrayList<>();
        for (int i = 0; i < speakers; i++) {
            sample.add(population.speaker(
                    new KeyedRandom(13, "interval-coverage", population.name(), key, Integer.toString(i))));
        }
        return sample;
    }
}
