package org.speechemotion.report.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
    @ParameterizedTest
    @CsvSource({"2.1, 2.5, 6", "0.07, 0.08, 5", "6, 6, 7", "1000, 1000, 6", "0, 1, 2", "NaN, 1, 2"})
    void endsAtARoundNumber(double max, double high, int ticks) {
        Axis axis = Axis.upTo(max, "loss", false);
        assertThat(axis.high()).isCloseTo(high, within(1e-9));
        assertThat(axis.ticks()).hasSize(ticks).startsWith(0.0);
    }

    @Test
    void epochsAreWhole() {
        assertThat(Axis.whole(1, 40, "epoch").ticks()).isEqualTo(List.of(10.0, 20.0, 30.0, 40.0));
        assertThat(Axis.whole(1, 3, "epoch").ticks()).isEqualTo(List.of(1.0, 2.0, 3.0));
        assertThat(Axis.whole(1, 1, "epoch").ticks()).isEqualTo(List.of(1.0));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-0.001, 0", "12.345, 12.35", "100, 100", "-1.5, -1.5", "1e-9, 0"})
    void numbersHaveTwoDecimals(double value, String text) {
        assertThat(Axis.number(value)).isEqualTo(text);
    }

    @Test
    void valuesLieBetweenTheEnds() {
        Axis axis = Axis.share("accuracy");
        assertThat(axis.position(0.25)).isEqualTo(0.25);
        assertThat(axis.position(7)).isEqualTo(1);
        assertThat(axis.label(0.2)).isEqualTo("20 %");
    }
}
