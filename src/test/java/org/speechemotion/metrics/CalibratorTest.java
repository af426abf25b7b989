package org.speechemotion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.random.KeyedRandom;

class CalibratorTest {
    private static final float[] CLIP = {0.2f, 0.25f, 0.3f, 0.1f, 0.05f, 0.04f, 0.03f, 0.03f};

    private static Stream<CalibrationCases> cases() {
        return CalibrationCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theFitIsThatOfScipy(CalibrationCases one) {
        Calibrator fitted = Calibrator.fit(one.predictions());
        assertThat(fitted.temperature()).isCloseTo(one.biased().temperature(), within(1e-4));
        for (int i = 0; i < EmotionSet.EIGHT.size(); i++) {
            assertThat(fitted.bias().get(i)).isCloseTo(one.biased().bias().get(i), within(1e-4));
        }
    }

    @Test
    void withoutABiasItIsTemperatureScaling() {
        assertThat(Calibrator.of(1).apply(CLIP)).containsExactly(CLIP);
        assertThat(Calibrator.of(2).apply(CLIP)).containsExactly(Temperature.apply(CLIP, 2));
    }

    @Test
    void theBiasIsAddedToTheLogits() {
        List<Double> bias = new ArrayList<>(Collections.nCopies(8, 0.0));
        bias.set(0, Math.log(2));
        float[] calibrated = new Calibrator(1, bias).apply(CLIP);
        // The odds of the first emotion double.
        assertThat(calibrated[0]).isCloseTo(0.4f / 1.2f, within(1e-6f));
        assertThat(calibrated[1]).isCloseTo(0.25f / 1.2f, within(1e-6f));
    }

    @Test
    void calibratorsCompose() {
        Calibrator first = new Calibrator(1.5, List.of(0.1, 0.2, -0.3, 0.0, 0.5, -0.1, 0.0, 0.0));
        Calibrator second = new Calibrator(0.8, List.of(0.0, -0.4, 0.3, 0.2, 0.0, 0.0, 1.0, 0.0));
        float[] both = second.after(first).apply(CLIP);
        float[] stepwise = second.apply(first.apply(CLIP));
        for (int i = 0; i < both.length; i++) {
            assertThat(both[i]).isCloseTo(stepwise[i], within(1e-6f));
        }
        assertThat(Calibrator.of(2).after(Calibrator.of(3))).isEqualTo(Calibrator.of(6));
    }

    @Test
    void emotionsWithoutLabelsKeepTheirBias() {
        List<LabelledPrediction> clips = List.of(
                new LabelledPrediction(3, new Probabilities(CLIP)), new LabelledPrediction(2, new Probabilities(CLIP)));
        List<Double> bias = Calibrator.fit(clips).bias();
        assertThat(bias.get(3)).isPositive();
        assertThat(bias.get(2)).isNegative();
        assertThat(bias.get(0)).isZero();
        assertThat(Calibrator.fit(List.of(clips.get(0)))).isEqualTo(Calibrator.of(1));
    }

    @Test
    void aFitToFewClipsHelpsMoreThanItHurts() {
        assertThat(meanChange(0, 20)).isLessThan(0.03);
        assertThat(meanChange(1, 50)).isLessThan(-0.1);
    }

    @Test
    void aCrossFitExcludesTheOwnGroup() {
        List<LabelledPrediction> one = clips(new KeyedRandom(1, "one"), 30, 1.5);
        List<LabelledPrediction> other = clips(new KeyedRandom(1, "other"), 30, 0);
        List<LabelledPrediction> calibrated = Calibrator.crossFit(Map.of("one", one, "other", other)).stream()
                .filter(clip -> clip.probabilities().of(0) != 0)
                .toList();
        Calibrator ofOther = Calibrator.fit(other);
        assertThat(calibrated).hasSize(60);
        assertThat(calibrated.stream().map(clip -> clip.probabilities().values()))
                .usingElementComparator((a, b) -> Arrays.compare(a, b))
                .contains(ofOther.apply(one.get(0).probabilities().values()));
    }

    @Test
    void valuesOutOfRangeAreRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Calibrator.of(Double.NaN))
                .withMessage("temperature is NaN; allowed: a finite number above 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Calibrator(1, List.of(21.0)))
                .withMessageStartingWith(
                        "bias is [21.0]; allowed: none, or a number from -20.0 to 20.0 for each emotion");
        assertThatIllegalArgumentException().isThrownBy(() -> new Calibrator(1, Collections.nCopies(8, Double.NaN)));
    }

    /** Returns the change of the negative log-likelihood of other clips by fits to a few, averaged. */
    private static double meanChange(double shift, int count) {
        double change = 0;
        int repeats = 20;
        List<LabelledPrediction> others = clips(new KeyedRandom(3, "others"), 500, shift);
        for (int repeat = 0; repeat < repeats; repeat++) {
            Calibrator fitted =
                    Calibrator.fit(clips(new KeyedRandom(3, "few", Integer.toString(repeat)), count, shift));
            List<LabelledPrediction> after = others.stream()
                    .map(one -> new LabelledPrediction(
                            one.label(), one.probabilities().calibrated(fitted)))
                    .toList();
            change += (Calibration.of(after).negativeLogLikelihood()
                            - Calibration.of(others).negativeLogLikelihood())
                    / repeats;
        }
        return change;
    }

    /** Labels are drawn from the network's probabilities, with logits of the first three emotions shifted up and down. */
    private static List<LabelledPrediction> clips(KeyedRandom random, int count, double shift) {
        double[] shifts = {shift, -shift, shift / 2, 0};
        List<LabelledPrediction> clips = new ArrayList<>();
        for (int clip = 0; clip < count; clip++) {
            float[] said = new float[8];
            double[] truth = new double[4];
            double saidSum = 0;
            double sum = 0;
            for (int i = 0; i < 4; i++) {
                double logit = 1.5 * random.nextGaussian();
                said[i] = (float) Math.exp(logit);
                saidSum += said[i];
                truth[i] = Math.exp(logit + shifts[i]);
                sum += truth[i];
            }
            double drawn = random.nextDouble() * sum;
            int label = 0;
            while (label < 3 && (drawn -= truth[label]) > 0) {
                label++;
            }
            for (int i = 0; i < 4; i++) {
                said[i] /= (float) saidSum;
            }
            clips.add(new LabelledPrediction(label, new Probabilities(said)));
        }
        return clips;
    }
}
