package org.speechemotion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.speechemotion.corpus.SoftLabel;
import org.speechemotion.metrics.Calibrator;

class LossSettingsTest {

    @Test
    void withoutBalancingThereAreNoWeights() {
        assertThat(Trainings.of().loss().weights(examples(0, 0, 3))).isEmpty();
    }

    /** scikit-learn's compute_class_weight('balanced', …): clips / (classes present · clips of the class). */
    @Test
    void balancedWeightsAreThoseOfScikitLearn() {
        assertThat(Trainings.of("loss.class-weights=balanced").loss().weights(examples(0, 0, 0, 3, 3, 6)))
                .containsExactly(6 / 9.0, 0.0, 0.0, 1.0, 0.0, 0.0, 2.0, 0.0);
    }

    /** Three of six clips have emotion 0, and it is 1.5 times as frequent as an equal share of three emotions. */
    @Test
    void theBiasMakesAllEmotionsEquallyLikely() {
        List<Example> training = examples(0, 0, 0, 3, 3, 6);
        assertThat(Trainings.of().bias(training))
                .containsExactly(Math.log(6 / 9.0), 0.0, 0.0, 0.0, 0.0, 0.0, Math.log(2), 0.0);
        assertThat(Trainings.of("loss.prior=training").bias(training)).isEmpty();
        assertThat(Trainings.of("loss.class-weights=balanced").bias(training)).isEmpty();
        assertThat(Trainings.of("sampling=balanced").bias(training)).isEmpty();
        assertThat(Trainings.of().bias(examples(0, 0, 3, 3))).isEmpty();
    }

    /** Bayes' theorem: posteriors of the training's prior, divided by it, are those of equal priors. */
    @Test
    void theCalibratedProbabilitiesAreThoseOfEqualPriors() {
        List<Example> training = examples(0, 0, 0, 3, 3, 6);
        float[] likelihoods = {0.2f, 0, 0, 0.3f, 0, 0, 0.5f, 0};
        double[] priors = {0.5, 0, 0, 2 / 6.0, 0, 0, 1 / 6.0, 0};
        float[] posteriors = new float[8];
        double sum = 0.5 * 0.2 + 0.3 * 2 / 6 + 0.5 / 6;
        for (int i = 0; i < 8; i++) {
            posteriors[i] = (float) (likelihoods[i] * priors[i] / sum);
        }
        float[] found = new Calibrator(1, Trainings.of().bias(training)).apply(posteriors);
        for (int i = 0; i < 8; i++) {
            assertThat(found[i]).isCloseTo(likelihoods[i], within(1e-5f));
        }
    }

    /** Six clips, of which emotion 0 has 1.5 and emotion 3 has 4.5. */
    @Test
    void balancedWeightsOfSoftLabelsCountShares() {
        List<Example> training = new ArrayList<>(examples(0, 3, 3, 3));
        training.add(rated(3, 0.25, 0.75));
        training.add(rated(3, 0.25, 0.75));
        assertThat(Trainings.of("loss.class-weights=balanced", "loss.soft-labels=true")
                        .loss()
                        .weights(training))
                .containsExactly(2.0, 0.0, 0.0, 6 / 9.0, 0.0, 0.0, 0.0, 0.0);
        assertThat(Trainings.of("loss.class-weights=balanced").loss().weights(training))
                .containsExactly(3.0, 0.0, 0.0, 0.6, 0.0, 0.0, 0.0, 0.0);
    }

    @Test
    void softLabelsAreTargetsOnlyOnRequest() {
        List<Example> clips = List.of(rated(3, 0.25, 0.75), examples(2).get(0));
        assertThat(Trainings.of("loss.soft-labels=true", "loss.label-smoothing=0")
                        .loss()
                        .targets()
                        .of(clips)
                        .toFloatMatrix())
                .isEqualTo(new float[][] {{0.25f, 0, 0, 0.75f, 0, 0, 0, 0}, {0, 0, 1, 0, 0, 0, 0, 0}});
        assertThat(Trainings.of("loss.label-smoothing=0")
                        .loss()
                        .targets()
                        .of(clips)
                        .toFloatMatrix())
                .isEqualTo(new float[][] {{0, 0, 0, 1, 0, 0, 0, 0}, {0, 0, 1, 0, 0, 0, 0, 0}});
    }

    /** Smoothed by 0.2: 0.8 of each share and 0.025 for everyone; then a quarter of the other clip. */
    @Test
    void softLabelsAreSmoothedAndThenMixed() {
        Targets targets = Trainings.of("loss.soft-labels=true", "loss.label-smoothing=0.2")
                .loss()
                .targets();
        INDArray both = targets.of(List.of(rated(3, 0.25, 0.75), examples(2).get(0)));
        assertThat(both.toFloatMatrix()[0])
                .containsExactly(
                        new float[] {0.225f, 0.025f, 0.025f, 0.625f, 0.025f, 0.025f, 0.025f, 0.025f}, within(1e-6f));
        FrameAugmentation.Batch batch =
                new FrameAugmentation.Batch(List.of(), new int[] {1, 0}, new double[] {0.75, 1});
        assertThat(batch.mixed(both).toFloatMatrix()[0])
                .containsExactly(
                        new float[] {0.175f, 0.025f, 0.225f, 0.475f, 0.025f, 0.025f, 0.025f, 0.025f}, within(1e-6f));
    }

    @Test
    void aTargetIsOneForTheLabel() {
        INDArray targets =
                Trainings.of("loss.label-smoothing=0").loss().targets().of(examples(2, 7));
        assertThat(targets.toFloatMatrix())
                .isEqualTo(new float[][] {{0, 0, 1, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0, 0, 1}});
    }

    /** The targets are those of Szegedy et al.: (1 − ε) for the label, and ε / 8 for every emotion. */
    @Test
    void aSmoothedTargetIsSpread() {
        float[] target = new Targets(false, 0.2).of(examples(2)).toFloatMatrix()[0];
        assertThat(target)
                .containsExactly(
                        new float[] {0.025f, 0.025f, 0.825f, 0.025f, 0.025f, 0.025f, 0.025f, 0.025f}, within(1e-6f));
    }

    /** Shares of the emotions 0 and 3. */
    private static Example rated(int label, double neutral, double sad) {
        return ExampleBuilder.clip("a.wav")
                .label(label)
                .build(new SoftLabel(List.of(neutral, 0.0, 0.0, sad, 0.0, 0.0, 0.0, 0.0)));
    }

    private static List<Example> examples(int... labels) {
        List<Example> examples = new ArrayList<>();
        for (int label : labels) {
            examples.add(ExampleBuilder.clip("a.wav").label(label).build());
        }
        return examples;
    }
}
