package org.speechemotion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemperatureTest {
    static Stream<CalibrationCases> cases() {
        return CalibrationCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theFitIsThatOfSciPy(CalibrationCases given) {
        assertThat(Temperature.fit(given.predictions(), 0)).isCloseTo(given.temperature(), within(1e-5));
        assertThat(Temperature.fit(given.predictions())).isCloseTo(given.shrunk(), within(1e-5));
    }

    @Test
    void withoutPredictionsNothingIsScaled() {
        assertThat(Temperature.fit(List.of())).isEqualTo(1);
    }

    @Test
    void theLikelihoodOfUniformlyRightOrWrongClipsEndsAtABound() {
        float[] sure = {0.9f, 0.1f, 0, 0, 0, 0, 0, 0};
        assertThat(Temperature.fit(List.of(new LabelledPrediction(0, new Probabilities(sure))), 0))
                .isCloseTo(Temperature.MIN, within(1e-9));
        assertThat(Temperature.fit(List.of(new LabelledPrediction(1, new Probabilities(sure))), 0))
                .isCloseTo(Temperature.MAX, within(1e-9));
    }

    @Test
    void onePredictionHardlyMovesTheTemperature() {
        float[] sure = {0.9f, 0.1f, 0, 0, 0, 0, 0, 0};
        assertThat(Temperature.fit(List.of(new LabelledPrediction(0, new Probabilities(sure)))))
                .isBetween(0.9, 1.0);
        assertThat(Temperature.fit(List.of(new LabelledPrediction(1, new Probabilities(sure)))))
                .isBetween(1.0, 1.1);
    }

    /** (0.64, 0.36) at 2 is (0.8, 0.6) / 1.4; at 0.5 it is (0.4096, 0.1296) / 0.5392. */
    @Test
    void scalesByHandComputedNumbers() {
        float[] given = {0, 0.64f, 0, 0.36f, 0, 0, 0, 0};
        assertThat(Temperature.apply(given, 0.5)[1]).isCloseTo((float) (0.4096 / 0.5392), within(1e-6f));
        float[] soft = Temperature.apply(given, 2);
        assertThat(soft[1]).isCloseTo((float) (0.8 / 1.4), within(1e-6f));
        assertThat(soft[3]).isCloseTo((float) (0.6 / 1.4), within(1e-6f));
        assertThat(soft[0]).isLessThan(1e-18f);
    }

    @Test
    void temperatureOneChangesNothing() {
        float[] given = {0.3f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f};
        assertThat(Temperature.apply(given, 1)).isEqualTo(given).isNotSameAs(given);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.5, 3, 10, 1e6})
    void theMostProbableEmotionStaysTheSame(double temperature) {
        float almost = Math.nextDown(0.5f);
        float[] given = {0, almost, 0, 0.5f, 0, almost, 0, 0};
        assertThat(Probabilities.argmax(Temperature.apply(given, temperature))).isEqualTo(3);
        CalibrationCases.all().flatMap(one -> one.predictions().stream()).forEach(prediction -> assertThat(prediction
                        .probabilities()
                        .calibrated(Calibrator.of(temperature))
                        .label())
                .isEqualTo(prediction.probabilities().label()));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void otherTemperaturesAreRefused(double temperature) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Temperature.apply(new float[] {1, 0, 0, 0, 0, 0, 0, 0}, temperature))
                .withMessage("temperature is " + temperature + "; allowed: a finite number above 0");
    }

    @Test
    void wrongShapesOfPredictionsAreRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Probabilities(new float[7]))
                .withMessage("there are 7 probabilities; allowed: 8");
        Probabilities eight = new Probabilities(new float[8]);
        assertThatIllegalArgumentException().isThrownBy(() -> new LabelledPrediction(8, eight));
    }
}
