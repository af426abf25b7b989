package org.speechemotion.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.speechemotion.metrics.Probabilities;
import org.speechemotion.scoring.Timeline.Summary;

class SummaryTest {
    private static final Summary SILENT = new Summary(0, Optional.empty());

    @Test
    void channelsAreWeightedByTheirSpeech() {
        Summary both = Summary.of(List.of(speech(30, 0.5f, 0.5f), SILENT, speech(10, 0, 1)));

        assertThat(both.speechSeconds()).isEqualTo(40);
        // (30 * 0.5 + 10 * 0) / 40, (30 * 0.5 + 10 * 1) / 40
        assertThat(both.probabilities().orElseThrow().values())
                .containsExactly(new float[] {0.375f, 0.625f, 0, 0, 0, 0, 0, 0}, within(1e-7f));
    }

    @Test
    void aSingleChannelIsTheSummary() {
        Summary one = speech(30, 0.3f, 0.7f);
        assertThat(Summary.of(List.of(one))).isSameAs(one);
    }

    @Test
    void silenceOnAllIsSilence() {
        Summary both = Summary.of(List.of(SILENT, SILENT));
        assertThat(both.speechSeconds()).isZero();
        assertThat(both.probabilities()).isEmpty();
    }

    private static Summary speech(double seconds, float first, float second) {
        return new Summary(seconds, Optional.of(new Probabilities(new float[] {first, second, 0, 0, 0, 0, 0, 0})));
    }
}
