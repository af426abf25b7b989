package org.speechemotion.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.DOUBLE;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.map;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.metrics.Evaluation;

class MetricsJsonTest {
    /** Happy: recall 1/2, precision 1. Sad: recall 1, precision 2/3. */
    private static final ConfusionMatrix MATRIX = ConfusionMatrix.empty()
            .plus(Emotion.HAPPY, Emotion.HAPPY)
            .plus(Emotion.HAPPY, Emotion.SAD)
            .plus(Emotion.SAD, Emotion.SAD)
            .plus(Emotion.SAD, Emotion.SAD);

    private final Map<String, Object> metrics =
            read(MetricsJson.of(Evaluation.of(Map.of("made:1", MATRIX, "made:2", MATRIX, "made:3", MATRIX))));

    @Test
    void hasTheseKeysInThisOrder() {
        assertThat(metrics.keySet())
                .containsExactly(
                        "n",
                        "speakers",
                        "accuracy",
                        "accuracy_interval",
                        "uar",
                        "uar_interval",
                        "macro_f1",
                        "macro_f1_interval",
                        "interval_missing",
                        "classes",
                        "confusion_matrix");
    }

    /** Two right at 0.9 and 0.7, one wrong at 0.8: at half the temperature's inverse they are less sure. */
    @Test
    void aSideHasItsCalibrationBeforeAndAfter() {
        SideResult side = SideResult.of(
                "test",
                List.of(
                        Predicted.clip("a", "made:1", Emotion.HAPPY, Emotion.HAPPY, 0.9f),
                        Predicted.clip("b", "made:1", Emotion.HAPPY, Emotion.SAD, 0.8f),
                        Predicted.clip("c", "made:2", Emotion.SAD, Emotion.SAD, 0.7f)),
                2);
        Map<String, Object> found = read(MetricsJson.of(side));
        assertThat(found).containsEntry("accuracy", 2.0 / 3);
        @SuppressWarnings("unchecked")
        Map<String, Object> calibration = (Map<String, Object>) found.get("calibration");
        assertThat(calibration).containsOnlyKeys("temperature", "before", "after", "accuracy_at_coverage");
        assertThat(calibration).containsEntry("temperature", 2.0);
        // Each clip has its own bin: |1 - 0.9|, |0 - 0.8|, |1 - 0.7|.
        assertThat(figure(calibration, "before", "ece")).isCloseTo(1.2 / 3, within(1e-6));
        assertThat(figure(calibration, "before", "nll"))
                .isCloseTo(-(Math.log(0.9) + Math.log(0.2 / 7) + Math.log(0.7)) / 3, within(1e-6));
        assertThat(figure(calibration, "after", "nll"))
                .isCloseTo(-(Math.log(at2(0.9)) + Math.log((1 - at2(0.8)) / 7) + Math.log(at2(0.7))) / 3, within(1e-6));
        assertThat(figure(calibration, "after", "brier"))
                .isCloseTo(
                        (brier(1 - at2(0.9), 1 - at2(0.9))
                                        + at2(0.8) * at2(0.8)
                                        + Math.pow(1 - (1 - at2(0.8)) / 7, 2)
                                        + 6 * Math.pow((1 - at2(0.8)) / 7, 2)
                                        + brier(1 - at2(0.7), 1 - at2(0.7)))
                                / 3,
                        within(1e-6));
        // 70, 80 and 90 % of three clips are all three.
        assertThat(figure(calibration, "accuracy_at_coverage", "0.7")).isCloseTo(2.0 / 3, within(1e-12));
    }

    /** The likeliest of eight, the others equal, at temperature 2. */
    private static double at2(double confidence) {
        return Math.sqrt(confidence) / (Math.sqrt(confidence) + 7 * Math.sqrt((1 - confidence) / 7));
    }

    /** Returns the Brier score of a right clip from its distance from 1 and the part that the seven others share. */
    private static double brier(double distance, double others) {
        return distance * distance + 7 * Math.pow(others / 7, 2);
    }

    private static double figure(Map<String, Object> calibration, String group, String name) {
        return ((Number) ((Map<?, ?>) calibration.get(group)).get(name)).doubleValue();
    }

    @Test
    void hasTheScores() {
        assertThat(metrics)
                .contains(
                        entry("n", 12),
                        entry("speakers", 3),
                        entry("accuracy", 0.75),
                        entry("uar", 0.75),
                        entry("macro_f1", (2.0 / 3 + 0.8) / 2));
    }

    @Test
    void hasTheScoresOfEveryEmotion() {
        Map<String, Map<String, Number>> expected = new LinkedHashMap<>();
        for (Emotion emotion : EmotionSet.EIGHT) {
            expected.put(emotion.id(), classScores(0, 0, 0, 0));
        }
        expected.put("happy", classScores(1, 0.5, 2.0 / 3, 6));
        expected.put("sad", classScores(2.0 / 3, 1, 0.8, 6));
        assertThat(metrics)
                .extractingByKey("classes", map(String.class, Object.class))
                .containsExactlyEntriesOf(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"accuracy", "uar", "macro_f1"})
    void intervalsAreLowAndHigh(String score) {
        List<?> interval = (List<?>) metrics.get(score + "_interval");
        assertThat(interval).hasSize(2);
        assertThat(metrics).extractingByKey(score, DOUBLE).isBetween((Double) interval.get(0), (Double)
                interval.get(1));
    }

    @Test
    void withTooFewSpeakersIntervalsAreNullWithTheReason() {
        assertThat(metrics).containsEntry("interval_missing", null);
        assertThat(read(MetricsJson.of(Evaluation.of(Map.of("made:1", MATRIX, "made:2", MATRIX)))))
                .contains(
                        entry("accuracy_interval", null),
                        entry("uar_interval", null),
                        entry("macro_f1_interval", null),
                        entry("interval_missing", "too few speakers for an interval: 2, at least 3 are needed"));
    }

    @Test
    void theConfusionMatrixIsTruthByPrediction() {
        int[][] expected = new int[EmotionSet.EIGHT.size()][EmotionSet.EIGHT.size()];
        expected[Emotion.HAPPY.label()][Emotion.HAPPY.label()] = 3;
        expected[Emotion.HAPPY.label()][Emotion.SAD.label()] = 3;
        expected[Emotion.SAD.label()][Emotion.SAD.label()] = 6;
        assertThat(metrics)
                .extractingByKey("confusion_matrix", LIST)
                .isEqualTo(Arrays.stream(expected)
                        .map(row -> Arrays.stream(row).boxed().toList())
                        .toList());
    }

    @Test
    void anEmptyEvaluationIsJson() {
        assertThat(read(MetricsJson.of(Evaluation.of(Map.of()))))
                .contains(entry("n", 0), entry("speakers", 0), entry("uar", 0.0))
                .containsOnlyKeys(metrics.keySet());
    }

    private static Map<String, Number> classScores(double precision, double recall, double f1, int support) {
        return Map.of("precision", precision, "recall", recall, "f1", f1, "support", support);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> read(Map<String, Object> written) {
        String json = MetricsJson.render(written);
        assertThat(json).endsWith("}\n");
        try {
            return new ObjectMapper().readValue(json, LinkedHashMap.class);
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }
}
