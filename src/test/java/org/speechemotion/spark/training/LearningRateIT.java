package org.speechemotion.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.report.EventFile;
import org.speechemotion.report.TensorBoardListener;
import org.speechemotion.report.TensorBoardWriter;
import org.speechemotion.train.TrainingLoop;
import org.speechemotion.train.TrainingSettings;

/** Tests the learning rates of a training that averages parameters. */
class LearningRateIT extends ParameterAveragingFixture {
    /** Four epochs of four batches, two steps each, by hand: of every epoch, the rate of its last step. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schedule=constant | 0.04 0.04 0.04 0.04",
                "schedule=linear | 0.04 0.03 0.02 0.01",
                "schedule=linear rate.every=step | 0.035 0.025 0.015 0.005",
                "schedule=linear rate.every=step averaging-frequency=2 | 0.035 0.025 0.015 0.005",
                "schedule=linear rate.every=step rate.warm-up-steps=4 | 0.016 0.032 0.03 0.01",
                "schedule=cosine | 0.04 0.0341421 0.02 0.0058579",
                "schedule=cosine rate.warm-up-epochs=1 | 0.02 0.04 0.03 0.01",
                "schedule=cosine-restarts rate.cycle-epochs=2 rate.cycle-growth=1 | 0.04 0.02 0.04 0.02",
                "schedule=one-cycle rate.rise-share=0.5 | 0.0016 0.04 0.02000008 1.6e-7"
            })
    void tensorBoardShowsTheLearningRate(String assignments, String rates, @TempDir Path events) throws IOException {
        TrainingSettings settings =
                settings(1, 4, ("epochs=4 learning-rate=0.04 optimizer.name=sgd " + assignments).split(" ", -1));
        TrainingLoop.ParameterHistory noMemory = epoch -> null;
        try (TensorBoardWriter writer = new TensorBoardWriter(events)) {
            new TrainingLoop(settings, List.of(new TensorBoardListener(writer)), noMemory, System::nanoTime)
                    .run(trainer(settings, false), examples, List.of());
        }
        List<Float> written = new ArrayList<>();
        for (Map<Integer, byte[]> event : EventFile.read(EventFile.in(events).get(0))) {
            Map<Integer, byte[]> value = event.containsKey(5) ? EventFile.value(event) : Map.of();
            if (value.containsKey(1) && EventFile.text(value.get(1)).equals("train/learning-rate")) {
                written.add(EventFile.little(value.get(2)).getFloat());
            }
        }
        assertThat(written).hasSize(4);
        for (int epoch = 0; epoch < 4; epoch++) {
            float rate = Float.parseFloat(rates.split(" ", -1)[epoch]);
            assertThat(written.get(epoch)).isCloseTo(rate, within(1e-6f * 0.04f + 1e-4f * rate));
        }
    }
}
