package org.speechemotion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.metrics.ReliabilityBins.Bin;

class CalibrationTest {
    static Stream<CalibrationCases> cases() {
        return CalibrationCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void figuresAreThoseOfNumPy(CalibrationCases given) {
        check(Calibration.of(given.predictions()), given.before());
        check(Calibration.of(given.calibrated()), given.after());
    }

    private static void check(Calibration found, JsonNode expected) {
        assertThat(found.negativeLogLikelihood()).isCloseTo(expected.get("nll").asDouble(), within(1e-5));
        assertThat(found.brier()).isCloseTo(expected.get("brier").asDouble(), within(1e-6));
        assertThat(found.expectedCalibrationError())
                .isCloseTo(expected.get("ece").asDouble(), within(1e-6));
        for (int i = 0; i < ReliabilityBins.COUNT; i++) {
            Bin bin = found.reliability().bins().get(i);
            JsonNode other = expected.get("bins").get(i);
            assertThat(bin.clips()).isEqualTo(other.get(0).asLong());
            assertThat(bin.confidenceSum()).isCloseTo(other.get(1).asDouble(), within(1e-5));
            assertThat(bin.right()).isEqualTo(other.get(2).asLong());
        }
        for (String coverage : List.of("0.7", "0.8", "0.9", "1.0")) {
            assertThat(found.riskCoverage().accuracyAt(Double.parseDouble(coverage)))
                    .as(coverage)
                    .isCloseTo(expected.get("accuracy_at").get(coverage).asDouble(), within(1e-12));
        }
    }

    @Test
    void binsOfPartsMergeToThoseOfTheWhole() {
        List<LabelledPrediction> all = cases().findFirst().orElseThrow().predictions();
        ReliabilityBins whole = ReliabilityBins.of(all);
        ReliabilityBins merged = ReliabilityBins.of(all.subList(0, 50)).merge(ReliabilityBins.of(all.subList(50, 160)));
        assertThat(merged.clips()).isEqualTo(160);
        assertThat(merged.expectedCalibrationError()).isCloseTo(whole.expectedCalibrationError(), within(1e-12));
        assertThat(merged.bins().stream().map(Bin::right))
                .containsExactlyElementsOf(whole.bins().stream().map(Bin::right).toList());
    }

    @Test
    void binsIncludeOnlyTheirUpperEdge() {
        ReliabilityBins bins = ReliabilityBins.of(List.of(of(1, true), of(0.2f, false), of(0.2001f, false)));
        assertThat(bins.bins().get(14).clips()).isEqualTo(1);
        // 0.2f is a little above 3/15.
        assertThat(bins.bins().get(3).clips()).isEqualTo(2);
        assertThat(bins.clips()).isEqualTo(3);
    }

    /** Sure and right, then three that are equally sure, one of them right. */
    @Test
    void equallyConfidentClipsCountTogether() {
        List<LabelledPrediction> predictions =
                new ArrayList<>(List.of(of(0.9f, true), of(0.5f, true), of(0.5f, false), of(0.5f, false)));
        RiskCoverage curve = RiskCoverage.of(predictions);
        assertThat(curve.points())
                .containsExactly(new RiskCoverage.Point(0.9f, 1, 1), new RiskCoverage.Point(0.5f, 4, 2));
        assertThat(curve.accuracyAt(0.25)).isEqualTo(1);
        assertThat(curve.accuracyAt(0.5)).isCloseTo((1 + 1.0 / 3) / 2, within(1e-12));
        assertThat(curve.accuracyAt(1)).isEqualTo(0.5);
        assertThat(RiskCoverage.risk(curve.points().get(1))).isEqualTo(0.5);
        assertThat(curve.coverage(curve.points().get(0))).isEqualTo(0.25);
        Collections.reverse(predictions);
        assertThat(RiskCoverage.of(predictions)).isEqualTo(curve);
    }

    @Test
    void withoutClipsEveryFigureIsZero() {
        Calibration none = Calibration.of(List.of());
        assertThat(none.negativeLogLikelihood()).isZero();
        assertThat(none.brier()).isZero();
        assertThat(none.expectedCalibrationError()).isZero();
        assertThat(none.riskCoverage().accuracyAt(0.7)).isZero();
        assertThat(none.riskCoverage().points()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.01, Double.NaN})
    void coverageIsAShare(double coverage) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RiskCoverage.of(List.of(of(1, true))).accuracyAt(coverage))
                .withMessage("coverage is " + coverage + "; allowed: above 0 and at most 1");
    }

    /** Happy with this confidence, and the rest of it spread evenly. */
    private static LabelledPrediction of(float confidence, boolean right) {
        float[] probabilities = new float[8];
        java.util.Arrays.fill(probabilities, (1 - confidence) / 7);
        probabilities[2] = confidence;
        return new LabelledPrediction(right ? 2 : 3, new Probabilities(probabilities));
    }
}
