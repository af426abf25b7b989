package org.speechemotion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.learning.config.IUpdater;
import org.speechemotion.train.TrainingSettings.Schedule;

class TrainingSettingsTest {

    @Test
    void theLeastOfEverythingIsAllowed() {
        assertThatCode(() -> new TrainingSettings(1, 1, Double.MIN_VALUE, 1e-5, Schedule.LINEAR, 1, 0, 0, -1))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, 0, 0, 'epochs is 0: allowed is 1 or more'",
        "1, -3, 1, 0, 0, 'batch-size is -3: allowed is 1 or more'",
        "1, 1, 0, 0, 0, 'averaging-frequency is 0: allowed is 1 or more'",
        "1, 1, 1, -1, 0, 'workers is -1: allowed is 0 or more'",
        "1, 1, 1, 0, -1, 'cache-megabytes is -1: allowed is 0 or more'"
    })
    void lessIsNot(int epochs, int batchSize, int averaging, int workers, int cache, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrainingSettings(
                        epochs, batchSize, 0.1, 1e-5, Schedule.LINEAR, averaging, workers, cache, 1))
                .withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void theLearningRateIsAPositiveNumber(double rate) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrainingSettings(1, 1, rate, 1e-5, Schedule.LINEAR, 1, 0, 0, 1))
                .withMessage("learning-rate is " + rate + ": allowed is a number above 0");
    }

    @Test
    void theLearningRateFollowsItsSchedule() {
        assertThat(rates(Schedule.LINEAR)).containsExactly(0.4, 0.3, 0.2, 0.1);
        assertThat(rates(Schedule.CONSTANT)).containsExactly(0.4, 0.4, 0.4, 0.4);
    }

    /** What the updater says after a journey through JSON, as on its way to the workers. */
    private static double[] rates(Schedule schedule) {
        TrainingSettings settings = new TrainingSettings(4, 1, 0.4, 1e-5, schedule, 1, 0, 0, 1);
        ComputationGraphConfiguration configuration = new NeuralNetConfiguration.Builder()
                .updater(settings.updater())
                .graphBuilder()
                .addInputs("in")
                .addLayer("out", new OutputLayer.Builder().nIn(1).nOut(2).build(), "in")
                .setOutputs("out")
                .build();
        IUpdater updater = ((OutputLayer) ((LayerVertex) ComputationGraphConfiguration.fromJson(configuration.toJson())
                                .getVertices()
                                .get("out"))
                        .getLayerConf()
                        .getLayer())
                .getIUpdater();
        return IntStream.range(0, 4)
                .mapToDouble(epoch -> {
                    assertThat(settings.learningRateIn(epoch)).isEqualTo(updater.getLearningRate(99, epoch));
                    return Math.round(updater.getLearningRate(99, epoch) * 1e9) / 1e9;
                })
                .toArray();
    }
}
