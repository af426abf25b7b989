package org.speechemotion.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class GainTest extends AugmentationContract {
    @Override
    String name() {
        return "gain";
    }

    @Override
    List<String> refused() {
        return List.of("lowest-decibels=-61", "highest-decibels=61", "lowest-decibels=7");
    }

    @Test
    void sixDecibelsAreAFactorOfTwo() {
        float[] louder =
                apply(new Gain(6, 6), new float[] {0.1f, -0.2f}, 1).waveform().samples();

        assertThat(louder).containsExactly(new float[] {0.199526f, -0.399052f}, within(1e-6f));
    }

    @Test
    void drawsTheWholeRange() {
        double[] drawn = new double[1000];
        for (int draw = 0; draw < drawn.length; draw++) {
            float sample =
                    apply(new Gain(-6, 6), new float[] {0.1f}, draw).waveform().samples()[0];
            drawn[draw] = Speech.decibels(sample / 0.1);
        }

        DoubleSummaryStatistics range = DoubleStream.of(drawn).summaryStatistics();
        assertThat(range.getMin()).isBetween(-6.001, -5.9);
        assertThat(range.getMax()).isBetween(5.9, 6.001);
        assertThat(range.getAverage()).isCloseTo(0, within(4 * 12 / Math.sqrt(12 * drawn.length)));
    }
}
