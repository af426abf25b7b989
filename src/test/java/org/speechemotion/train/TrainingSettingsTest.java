package org.speechemotion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.learning.config.Adam;
import org.speechemotion.settings.SettingsException;

class TrainingSettingsTest {

    @Test
    void minimumValuesAreAllowed() {
        assertThatCode(() -> Trainings.of(
                        "epochs=1",
                        "batch-size=1",
                        "learning-rate=1e-300",
                        "encoder-learning-rate=1e-300",
                        "averaging-frequency=1",
                        "workers=0",
                        "cache-megabytes=0",
                        "patience-epochs=0",
                        "keep-mean-epochs=1",
                        "seed=-1",
                        "rate.every=step",
                        "rate.cycle-epochs=0.001",
                        "rate.cycle-growth=1",
                        "rate.rise-share=0",
                        "rate.start-divisor=1",
                        "rate.end-divisor=1",
                        "optimizer.beta1=0",
                        "optimizer.beta2=0",
                        "optimizer.momentum=0"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "epochs=0 | training: epochs is 0; allowed: at least 1",
                "batch-size=-3 | training: batch-size is -3; allowed: at least 1",
                "averaging-frequency=0 | training: averaging-frequency is 0; allowed: at least 1",
                "workers=-1 | training: workers is -1; allowed: at least 0",
                "cache-megabytes=-1 | training: cache-megabytes is -1; allowed: at least 0",
                "patience-epochs=-1 | training: patience-epochs is -1; allowed: at least 0",
                "keep-mean-epochs=0 | training: keep-mean-epochs is 0; allowed: at least 1",
                "learning-rate=0 | training: learning-rate is 0.0; allowed: a finite number above 0",
                "encoder-learning-rate=-1 | training: encoder-learning-rate is -1.0; allowed: a finite number above 0",
                "rate.warm-up-epochs=-1 | training.rate: warm-up-epochs is -1.0; allowed: at least 0",
                "rate.warm-up-steps=-1 | training.rate: warm-up-steps is -1; allowed: at least 0",
                "rate.lowest-share=1 | training.rate: lowest-share is 1.0; allowed: at least 0 and below 1",
                "rate.cycle-epochs=0 | training.rate: cycle-epochs is 0.0; allowed: a finite number above 0",
                "rate.cycle-growth=0 | training.rate: cycle-growth is 0; allowed: at least 1",
                "rate.rise-share=-0.1 | training.rate: rise-share is -0.1; allowed: at least 0 and below 1",
                "rate.start-divisor=0.5 | training.rate: start-divisor is 0.5; allowed: at least 1",
                "rate.end-divisor=0.5 | training.rate: end-divisor is 0.5; allowed: at least 1",
                "optimizer.beta1=1 | training.optimizer: beta1 is 1.0; allowed: at least 0 and below 1",
                "optimizer.beta2=1 | training.optimizer: beta2 is 1.0; allowed: at least 0 and below 1",
                "optimizer.epsilon=0 | training.optimizer: epsilon is 0.0; allowed: a finite number above 0",
                "optimizer.momentum=1 | training.optimizer: momentum is 1.0; allowed: at least 0 and below 1",
                "optimizer.weight-decay=-1 | training.optimizer: weight-decay is -1.0; allowed: at least 0",
                "optimizer.clip-norm=-1 | training.optimizer: clip-norm is -1.0; allowed: at least 0",
                "loss.label-smoothing=1 | training.loss: label-smoothing is 1.0; allowed: at least 0 and below 1",
                "adversary.weight=0 | training.adversary: weight is 0.0; allowed: a finite number above 0",
                "rate.warm-up-epochs=0.5 | training.rate: warm-up-epochs is 0.5; allowed: a whole number unless every"
                        + " = step",
                "rate.cycle-epochs=2.5 | training.rate: cycle-epochs is 2.5; allowed: a whole number unless every ="
                        + " step",
                "rate.warm-up-steps=9 | training.rate: warm-up-steps is 9; allowed: 0 if every = epoch",
                "rate.warm-up-epochs=40 | training: rate.warm-up-epochs is 40.0; allowed: less than epochs, 40"
            })
    void anErrorNamesTheAllowedValues(String assignment, String message) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Trainings.of(assignment))
                .withMessage(message);
    }

    @Test
    void aWarmUpIsCountedInOneUnitAndNotForOneCycle() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Trainings.of("rate.every=step", "rate.warm-up-steps=9", "rate.warm-up-epochs=1"))
                .withMessage("training.rate: warm-up-steps is 9 and warm-up-epochs is 1.0; allowed: only one of them"
                        + " above 0");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Trainings.of("schedule=one-cycle", "rate.warm-up-epochs=1"))
                .withMessageContaining("allowed: 0 if schedule = one-cycle");
    }

    @ParameterizedTest
    @ValueSource(strings = {"learning-rate", "encoder-learning-rate", "rate.warm-up-epochs", "optimizer.clip-norm"})
    void numbersMustBeFinite(String key) {
        assertThatExceptionOfType(SettingsException.class).isThrownBy(() -> Trainings.of(key + "=1e999"));
    }

    @Test
    void theDefaultIsAdamAsItWasPublished() {
        Adam adam = (Adam) Trainings.of().updater(10);
        assertThat(adam.getBeta1()).isEqualTo(0.9);
        assertThat(adam.getBeta2()).isEqualTo(0.999);
        assertThat(adam.getEpsilon()).isEqualTo(1e-8);
        assertThat(adam.getLearningRate(0, 0)).isEqualTo(0.001);
        assertThat(Trainings.of().optimizer().decay()).isEmpty();
    }

    @ParameterizedTest
    // 100 clips in batches of 16 are 7; of 3 workers, 2 steps a round, a round of 6 and one of 1.
    @CsvSource({"100, 16, 3, 2, 3", "100, 16, 1, 5, 7", "100, 16, 2, 5, 4", "100, 16, 7, 1, 1", "5, 16, 4, 3, 1"})
    void countsTheStepsOfAnEpoch(int clips, int batchSize, int workers, int frequency, int steps) {
        TrainingSettings settings = Trainings.of("batch-size=" + batchSize, "averaging-frequency=" + frequency);
        assertThat(settings.stepsPerEpoch(clips, workers)).isEqualTo(steps);
    }

    @Test
    void theTrainingAfterTheCalibrationLastsAsLongAsTheEpochThatWasKept() {
        TrainingSettings settings = Trainings.of(
                "epochs=10", "keep=best", "patience-epochs=3", "rate.every=step", "rate.warm-up-epochs=2.5");
        TrainingSettings again = settings.afterCalibration(7);
        assertThat(again.epochs()).isEqualTo(7);
        assertThat(again.keep()).isEqualTo(EpochSelection.LAST);
        assertThat(again.patienceEpochs()).isZero();
        assertThat(again.seed()).isEqualTo(settings.seed());
        assertThat(settings.afterCalibration(1).epochs()).isEqualTo(3);
    }
}
