package org.speechemotion.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.speechemotion.acoustics.FrameLevels;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.metrics.Probabilities;

/** Calls of tone bursts over faint noise, whose truth is known to the frame. */
class CallStatisticsTest {

    private static final int RATE = 8000;

    @Test
    void measuresACallOfTwoSides() {
        // Customer, agent; the agent answers, is interrupted, says "yes" during a turn of the customer.
        CallStatistics call = call(
                20, new double[][] {{1, 4}, {7.5, 10}, {12, 16}}, new double[][] {{4.5, 8}, {10.5, 11.5}, {13, 13.5}});
        assertThat(call.silenceSeconds()).isCloseTo(1 + 0.5 + 0.5 + 0.5 + 4, within(1e-9));
        assertThat(call.overlapSeconds()).isCloseTo(0.5 + 0.5, within(1e-9));
        CallStatistics.Side customer = call.sides().get(0);
        CallStatistics.Side agent = call.sides().get(1);
        assertThat(customer.talkSeconds()).isCloseTo(9.5, within(1e-9));
        assertThat(agent.talkSeconds()).isCloseTo(5, within(1e-9));
        assertThat(customer.talkShare()).isCloseTo(9.5 / 14.5, within(1e-9));
        assertThat(customer.talkShare() + agent.talkShare()).isCloseTo(1, within(1e-9));
        assertThat(List.of(customer.turns(), agent.turns())).containsExactly(3, 2);
        assertThat(List.of(customer.interruptions(), agent.interruptions())).containsExactly(1, 0);
        assertThat(customer.loudness()).isCloseTo(10 * Math.log10(0.5 * 0.5 / 2), within(0.05));
    }

    @Test
    void closesShortPausesAndIgnoresClicks() {
        CallStatistics call = call(10, new double[][] {{1, 2}, {2.2, 3}, {5, 5.05}, {7, 8}}, new double[][] {});
        assertThat(call.sides().get(0).talkSeconds()).isCloseTo(2 + 1, within(1e-9));
        assertThat(call.sides().get(0).turns()).isEqualTo(1);
        assertThat(call.sides().get(1)).isEqualTo(new CallStatistics.Side(0, 0, 0, 0, Double.NEGATIVE_INFINITY));
        assertThat(call.silenceSeconds()).isCloseTo(7, within(1e-9));
    }

    @Test
    void describesAnEmptyCall() {
        assertThat(CallStatistics.of(List.of())).isEqualTo(new CallStatistics(0, 0, List.of()));
    }

    @Test
    void givesTheEmotionOfAPart() {
        Probabilities angry = likely(Emotion.ANGRY);
        Probabilities calm = likely(Emotion.CALM);
        Timeline timeline = new Timeline(
                new Timeline.Summary(7, Optional.of(angry)),
                List.of(
                        new Segment(0, 3, Optional.of(angry)),
                        new Segment(3, 6, Optional.empty()),
                        new Segment(6, 10, Optional.of(calm))),
                Optional.empty());
        assertThat(timeline.meanBetween(0, 10 / 3.0).orElseThrow().answer(0)).isEqualTo("angry");
        assertThat(timeline.meanBetween(3, 6)).isEmpty();
        assertThat(timeline.meanBetween(20 / 3.0, 10).orElseThrow().answer(0)).isEqualTo("calm");
        float[] whole = timeline.meanBetween(0, 10).orElseThrow().values();
        assertThat(whole[Emotion.CALM.label()]).isCloseTo(4 / 7f, within(1e-6f));
    }

    private static Probabilities likely(Emotion emotion) {
        float[] values = new float[EmotionSet.EIGHT.size()];
        values[emotion.label()] = 1;
        return new Probabilities(values);
    }

    private static CallStatistics call(double seconds, double[][]... sides) {
        return CallStatistics.of(
                Arrays.stream(sides).map(side -> activity(seconds, side)).toList());
    }

    private static SpeechActivity activity(double seconds, double[][] bursts) {
        float[] samples = new float[(int) (seconds * RATE)];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (1e-3 * Math.sin(1.7 * i));
            for (double[] burst : bursts) {
                if (i >= burst[0] * RATE && i < burst[1] * RATE) {
                    samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * 400 * i / RATE));
                }
            }
        }
        FrameLevels levels = new FrameLevels(RATE);
        levels.accept(samples, samples.length);
        levels.finish();
        return SpeechActivity.of(levels.toArray(), levels.floor() + 10);
    }
}
