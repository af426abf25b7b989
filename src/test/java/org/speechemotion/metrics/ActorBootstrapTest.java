package org.speechemotion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.Emotion;

class ActorBootstrapTest {
    private static final ConfusionMatrix RIGHT = ConfusionMatrix.empty().plus(Emotion.SAD, Emotion.SAD);
    private static final ConfusionMatrix WRONG = ConfusionMatrix.empty().plus(Emotion.SAD, Emotion.CALM);

    /** Expected values from numpy.quantile. */
    @Test
    void quantilesAreThoseOfNumpy() {
        double[] sorted = {0.004, 0.154, 0.268, 0.37, 0.51, 0.83, 0.88};

        assertThat(ActorBootstrap.quantile(sorted, 0.025)).isCloseTo(0.0265, within(1e-12));
        assertThat(ActorBootstrap.quantile(sorted, 0.3)).isCloseTo(0.2452, within(1e-12));
        assertThat(ActorBootstrap.quantile(sorted, 0.975)).isCloseTo(0.8725, within(1e-12));
        assertThat(ActorBootstrap.quantile(sorted, 1)).isEqualTo(0.88);
        assertThat(ActorBootstrap.quantile(new double[] {0.3}, 0.5)).isEqualTo(0.3);
    }

    /**
     * With one clip per actor, 14 of 20 right, the number right in a resample is binomial(20, 0.7), whose quantiles
     * (scipy.stats.binom.ppf) at 0.025 and 0.975 are 10 and 18; the cumulative shares next to them, 0.017 | 0.048 and
     * 0.965 | 0.992, are far enough away for 4,000 resamples to land on them.
     */
    @Test
    void agreesWithTheExactDistribution() {
        Map<String, ConfusionMatrix> byActor = actors(14, 6);

        assertThat(ActorBootstrap.accuracy(byActor, 4000, 1)).isEqualTo(new Interval(0.5, 0.9));
        // Only sad has clips, so recall of sad is accuracy.
        assertThat(ActorBootstrap.unweightedAverageRecall(byActor, 4000, 2)).isEqualTo(new Interval(0.5, 0.9));
        // F1 of sad, always-sad truth: 2a / (1 + a) for accuracy a.
        Interval f1 = ActorBootstrap.macroF1(byActor, 4000, 3);
        assertThat(f1.low()).isCloseTo(1.0 / 1.5, within(1e-12));
        assertThat(f1.high()).isCloseTo(1.8 / 1.9, within(1e-12));
    }

    @Test
    void dependsOnTheSeedAloneAndNotOnTheOrderOfActors() {
        Map<String, ConfusionMatrix> sorted = new LinkedHashMap<>();
        Map<String, ConfusionMatrix> reversed = new LinkedHashMap<>();
        for (int i = 0; i < 9; i++) {
            sorted.put("a:" + i, i < 4 ? RIGHT : WRONG);
            reversed.put("a:" + (8 - i), 8 - i < 4 ? RIGHT : WRONG);
        }

        assertThat(ActorBootstrap.accuracy(sorted, 50, 7)).isEqualTo(ActorBootstrap.accuracy(reversed, 50, 7));
        assertThat(ActorBootstrap.accuracy(sorted, 50, 7)).isNotEqualTo(ActorBootstrap.accuracy(sorted, 50, 8));
    }

    @Test
    void fewerThanTwoActorsSayNothingAboutOthers() {
        assertThat(ActorBootstrap.accuracy(Map.of(), 100, 1)).isEqualTo(new Interval(0, 1));
        assertThat(ActorBootstrap.accuracy(Map.of("a:1", RIGHT), 100, 1)).isEqualTo(new Interval(0, 1));
        assertThatThrownBy(() -> ActorBootstrap.accuracy(actors(2, 2), 0, 1))
                .hasMessage("resamples is 0; allowed: at least 1");
    }

    @Test
    void anIntervalHasItsEndsInOrder() {
        assertThatThrownBy(() -> new Interval(0.6, 0.5)).hasMessageContaining("[0.6, 0.5]");
        assertThatThrownBy(() -> new Interval(Double.NaN, 0.5)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Map<String, ConfusionMatrix> actors(int right, int wrong) {
        Map<String, ConfusionMatrix> byActor = new HashMap<>();
        for (int i = 0; i < right + wrong; i++) {
            byActor.put("a:" + i, i < right ? RIGHT : WRONG);
        }
        return byActor;
    }
}
