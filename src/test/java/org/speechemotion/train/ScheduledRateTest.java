package org.speechemotion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.learning.config.IUpdater;

/** Against PyTorch; {@code src/test/resources/train/README.md} says how the expected values were made. */
class ScheduledRateTest {
    private static final int STEPS_PER_EPOCH = 3;

    /** The file of {@code schedules.py}. */
    record Expected(List<String> settings, List<Double> rates) {}

    static List<Expected> expected() throws IOException {
        try (InputStream file = ScheduledRateTest.class.getResourceAsStream("/train/schedules.json")) {
            return List.of(new ObjectMapper().readValue(Objects.requireNonNull(file), Expected[].class));
        }
    }

    @ParameterizedTest
    @MethodSource("expected")
    void ratesAreThoseOfPyTorch(Expected expected) {
        TrainingSettings settings = Trainings.of(expected.settings());
        boolean bySteps = settings.rate().every() == RateSettings.Every.STEP;
        IUpdater updater = throughJson(settings.updater(STEPS_PER_EPOCH));
        for (int i = 0; i < expected.rates().size(); i++) {
            double rate = bySteps
                    ? updater.getLearningRate(i, i / STEPS_PER_EPOCH)
                    : updater.getLearningRate(i * STEPS_PER_EPOCH + 2, i);
            assertThat(rate).as("at %d", i).isCloseTo(expected.rates().get(i), within(1e-6 * rate + 1e-9));
        }
    }

    @ParameterizedTest
    @MethodSource("expected")
    void theEncoderFollowsTheSameSchedule(Expected expected) {
        TrainingSettings settings = Trainings.of(expected.settings());
        IUpdater head = settings.updater(STEPS_PER_EPOCH);
        IUpdater encoder = settings.encoderUpdater(STEPS_PER_EPOCH);
        for (int step = 0; step < settings.epochs() * STEPS_PER_EPOCH; step++) {
            int epoch = step / STEPS_PER_EPOCH;
            double ratio = settings.encoderLearningRate() / settings.learningRate();
            double rate = encoder.getLearningRate(step, epoch);
            assertThat(rate).isCloseTo(head.getLearningRate(step, epoch) * ratio, within(1e-9 * rate));
        }
    }

    @Test
    void theRateIsConstantAfterTheEnd() {
        IUpdater updater = Trainings.of("epochs=4", "learning-rate=0.4").updater(1);
        assertThat(updater.getLearningRate(3, 3)).isCloseTo(0.1, within(1e-12));
        assertThat(updater.getLearningRate(9, 9)).isEqualTo(updater.getLearningRate(3, 3));
    }

    @Test
    void aOneCycleOfOneStepIsThePeak() {
        IUpdater updater = Trainings.of("epochs=1", "schedule=one-cycle").updater(1);
        assertThat(updater.getLearningRate(0, 0)).isEqualTo(0.001);
    }

    @Test
    void aWarmUpEndsBeforeTheTraining() {
        TrainingSettings settings = Trainings.of("epochs=2", "rate.every=step", "rate.warm-up-steps=6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.updater(3))
                .withMessage("the warm-up of training.rate is 6 steps; allowed: less than the 6 of the training");
        assertThat(settings.updater(4).getLearningRate(6, 1)).isEqualTo(0.001);
    }

    @Test
    void onlySomeSchedulesDependOnTheNumberOfEpochs() {
        for (Schedule schedule : Schedule.values()) {
            String name = "schedule=" + schedule.name().toLowerCase(Locale.ROOT).replace('_', '-');
            double few = Trainings.of("epochs=20", name).updater(3).getLearningRate(12, 4);
            double many = Trainings.of("epochs=30", name).updater(3).getLearningRate(12, 4);
            assertThat(few != many).as(name).isEqualTo(schedule.spansTheTraining());
        }
    }

    /** Writes an updater to JSON and reads it, as for workers and models. */
    private static IUpdater throughJson(IUpdater updater) {
        ComputationGraphConfiguration configuration = new NeuralNetConfiguration.Builder()
                .updater(updater)
                .graphBuilder()
                .addInputs("in")
                .addLayer("out", new OutputLayer.Builder().nIn(1).nOut(2).build(), "in")
                .setOutputs("out")
                .build();
        ComputationGraphConfiguration read = ComputationGraphConfiguration.fromJson(configuration.toJson());
        assertThat(read).isEqualTo(configuration);
        return ((OutputLayer) ((LayerVertex) read.getVertices().get("out"))
                        .getLayerConf()
                        .getLayer())
                .getIUpdater();
    }
}
