package org.speechemotion.report.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TextMetricsTest {
    /** The sum of Adobe's widths: 722 + 556 + 222 + 222 + 556. */
    @Test
    void widthsAreHelvetica() {
        assertThat(TextMetrics.width("Hello", 10)).isCloseTo(22.78, within(1e-9));
    }

    @Test
    void longTextsAreShortened() {
        String cut = TextMetrics.fit("x".repeat(100_000), 10, 50);
        assertThat(cut).matches("x+…");
        assertThat(TextMetrics.room(cut, 10)).isBetween(38.0, 50.0);
        assertThat(TextMetrics.fit("short", 10, 50)).isEqualTo("short");
    }

    @Test
    void linesBreakAtSpaces() {
        assertThat(TextMetrics.wrap("one two three", 10, 50)).containsExactly("one two", "three");
        assertThat(TextMetrics.wrap("", 10, 50)).containsExactly("");
    }
}
