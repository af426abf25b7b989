package org.speechemotion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.Emotion;

class SpeakerJackknifeTest {
    private static final ConfusionMatrix RIGHT = ConfusionMatrix.empty().plus(Emotion.SAD, Emotion.SAD);
    private static final ConfusionMatrix WRONG = ConfusionMatrix.empty().plus(Emotion.SAD, Emotion.CALM);

    /** Balanced speakers, speakers that lack classes, no errors, and errors only; intervals.py made them with SciPy. */
    @Test
    void intervalsAreThoseOfSciPy() throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/metrics/intervals.json")) {
            for (JsonNode given : new ObjectMapper().readTree(in)) {
                List<ConfusionMatrix> speakers = new ArrayList<>();
                given.get("matrices")
                        .forEach(matrix -> speakers.add(
                                ConfusionMatrix.of(new ObjectMapper().convertValue(matrix, long[][].class))));
                ScoreIntervals intervals =
                        new SpeakerJackknife(speakers).intervals().orElseThrow();
                JsonNode expected = given.get("intervals");
                assertInterval(intervals.accuracy(), expected.get(0));
                assertInterval(intervals.unweightedAverageRecall(), expected.get(1));
                assertInterval(intervals.macroF1(), expected.get(2));
            }
        }
    }

    private static void assertInterval(Interval found, JsonNode expected) {
        assertThat(found.low()).isCloseTo(expected.get(0).asDouble(), within(1e-9));
        assertThat(found.high()).isCloseTo(expected.get(1).asDouble(), within(1e-9));
    }

    @Test
    void doesNotDependOnTheOrderOfSpeakers() {
        List<ConfusionMatrix> speakers = new ArrayList<>(List.of(RIGHT, RIGHT.merge(WRONG), WRONG, RIGHT, RIGHT));
        Interval given =
                new SpeakerJackknife(speakers).intervals().orElseThrow().accuracy();
        Collections.reverse(speakers);
        Interval reversed =
                new SpeakerJackknife(speakers).intervals().orElseThrow().accuracy();
        assertThat(given.low()).isCloseTo(reversed.low(), within(1e-12));
        assertThat(given.high()).isCloseTo(reversed.high(), within(1e-12));
    }

    @Test
    void fewerThanThreeSpeakersHaveNoInterval() {
        assertThat(new SpeakerJackknife(List.of()).intervals()).isEmpty();
        assertThat(new SpeakerJackknife(List.of(RIGHT, WRONG)).intervals()).isEmpty();
        assertThat(new SpeakerJackknife(List.of(RIGHT, WRONG, ConfusionMatrix.empty())).intervals())
                .isEmpty();
        assertThat(new SpeakerJackknife(List.of(RIGHT, WRONG, WRONG)).intervals())
                .isPresent();
    }

    @Test
    void intervalEndsAreOrdered() {
        assertThatThrownBy(() -> new Interval(0.6, 0.5)).hasMessageContaining("[0.6, 0.5]");
        assertThatThrownBy(() -> new Interval(Double.NaN, 0.5)).isInstanceOf(IllegalArgumentException.class);
    }
}
