package org.speechemotion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.random.KeyedRandom;

/**
 * Fits temperatures to few clips of networks whose best temperature is known, and measures the negative log-likelihood of
 * many other clips, in nats, against that of the untouched probabilities.
 */
class TemperatureShrinkageTest {
    private static final List<Double> BEST_TEMPERATURES = List.of(0.75, 0.9, 1.0, 1.1, 1.3, 1.6, 2.0);
    private static final int REPEATS = 30;

    @ParameterizedTest
    @ValueSource(ints = {16, 32, 64, 128})
    void neverHurtsOnAverage(int clips) {
        double gain = 0;
        for (double best : BEST_TEMPERATURES) {
            List<LabelledPrediction> others = clips(best, 400, "others");
            double change = 0;
            double unshrunk = 0;
            for (int repeat = 0; repeat < REPEATS; repeat++) {
                List<LabelledPrediction> few = clips(best, clips, clips + "/" + repeat);
                change += change(others, Temperature.fit(few)) / REPEATS;
                unshrunk += change(others, Temperature.fit(few, 0)) / REPEATS;
            }
            // A calibrated network can only get worse; the shrunk fit loses far less than the likelihood alone.
            assertThat(change).as("best temperature %s", best).isLessThan(0.006);
            if (best == 1) {
                assertThat(change).isLessThan(unshrunk * 0.7);
            }
            gain -= change / BEST_TEMPERATURES.size();
        }
        assertThat(gain).isGreaterThan(0.02);
    }

    @Test
    void manyClipsOutweighThePrior() {
        List<LabelledPrediction> many = clips(2, 20_000, "many");
        assertThat(Temperature.fit(many))
                .isCloseTo(Temperature.fit(many, 0), within(0.01))
                .isCloseTo(2, within(0.05));
    }

    private static double change(List<LabelledPrediction> others, double temperature) {
        return loss(others.stream()
                        .map(one -> new LabelledPrediction(
                                one.label(), one.probabilities().calibrated(Calibrator.of(temperature))))
                        .toList())
                - loss(others);
    }

    private static double loss(List<LabelledPrediction> predictions) {
        return predictions.stream()
                .mapToDouble(one -> -Temperature.logit(one.probabilityOfLabel()))
                .average()
                .orElseThrow();
    }

    /** Labels are drawn from probabilities, and the network says these at the inverse of the best temperature. */
    private static List<LabelledPrediction> clips(double best, int count, String key) {
        List<LabelledPrediction> clips = new ArrayList<>();
        KeyedRandom random = new KeyedRandom(5, "shrinkage", Double.toString(best), key);
        for (int clip = 0; clip < count; clip++) {
            double sharpness = random.nextDouble(0.6, 2.6);
            float[] truth = new float[8];
            double sum = 0;
            for (int i = 0; i < truth.length; i++) {
                truth[i] = (float) Math.exp(sharpness * random.nextGaussian());
                sum += truth[i];
            }
            double drawn = random.nextDouble() * sum;
            int label = 0;
            while (label < 7 && (drawn -= truth[label]) > 0) {
                label++;
            }
            for (int i = 0; i < truth.length; i++) {
                truth[i] /= (float) sum;
            }
            clips.add(new LabelledPrediction(label, new Probabilities(truth).calibrated(Calibrator.of(1 / best))));
        }
        return clips;
    }
}
