package org.speechemotion.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitSettingsTest {
    @Test
    void defaults() {
        assertThat(SplitSettings.defaults())
                .hasToString(
                        "SplitSettings[validationRatio=0.15, testRatio=0.15, validation=[], test=[], folds=0, fold=0,"
                                + " seed=42, protocol=NONE]");
    }

    @ParameterizedTest
    @CsvSource({
        "-0.1, 0.1, 0, 0, validation-ratio is -0.1",
        "0.1, 1, 0, 0, test-ratio is 1.0",
        "NaN, 0.1, 0, 0, validation-ratio is NaN",
        "0.5, 0.5, 0, 0, validation-ratio and test-ratio are 0.5 and 0.5",
        "0.1, 0.1, 1, 0, folds is 1",
        "0.1, 0.1, -2, 0, folds is -2",
        "0.1, 0.1, 5, 5, fold is 5",
        "0.1, 0.1, 0, 1, fold is 1",
        "0.1, 0.1, 5, -1, fold is -1"
    })
    void rejectsValuesOutOfRange(double validation, double test, int folds, int fold, String found) {
        assertThatThrownBy(() ->
                        SplitSettings.defaults().withRatios(validation, test).withFolds(folds, fold))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(found, "allowed:");
    }

    @Test
    void rejectsContradictions() {
        assertThatThrownBy(() -> SplitSettings.defaults()
                        .withRatios(0, 0)
                        .withLists(List.of(), List.of("a:1"))
                        .withFolds(5, 0))
                .hasMessageContaining("either folds or lists");
        assertThatThrownBy(() -> SplitSettings.defaults().withRatios(0, 0).withLists(List.of("a:1"), List.of("a:1")))
                .hasMessageContainingAll("a:1", "each speaker in one list only");
    }
}
