package org.speechemotion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class LossSettingsTest {

    @Test
    void withoutWeightsThereAreNone() {
        assertThat(Trainings.of().loss().weights(examples(0, 0, 3))).isEmpty();
    }

    /** scikit-learn's compute_class_weight('balanced', …): clips / (classes present · clips of the class). */
    @Test
    void balancedWeightsAreScikitLearns() {
        assertThat(Trainings.of("loss.class-weights=balanced").loss().weights(examples(0, 0, 0, 3, 3, 6)))
                .containsExactly(6 / 9.0, 0.0, 0.0, 1.0, 0.0, 0.0, 2.0, 0.0);
    }

    @Test
    void aTargetIsOneForTheLabel() {
        INDArray targets = new Targets(0).of(examples(2, 7));
        assertThat(targets.toFloatMatrix())
                .isEqualTo(new float[][] {{0, 0, 1, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0, 0, 1}});
    }

    /** As in Szegedy et al.: (1 − ε) for the label, and ε / 8 for every emotion. */
    @Test
    void aSmoothedTargetIsSpread() {
        float[] target = new Targets(0.2).of(examples(2)).toFloatMatrix()[0];
        assertThat(target)
                .containsExactly(
                        new float[] {0.025f, 0.025f, 0.825f, 0.025f, 0.025f, 0.025f, 0.025f, 0.025f}, within(1e-6f));
    }

    private static List<Example> examples(int... labels) {
        List<Example> examples = new ArrayList<>();
        for (int label : labels) {
            examples.add(new Example("a.wav", "sha-a", "made:1", label, 1));
        }
        return examples;
    }
}
