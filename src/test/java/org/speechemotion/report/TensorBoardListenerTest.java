package org.speechemotion.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.model.TinyNetwork;
import org.speechemotion.train.EpochReport;

class TensorBoardListenerTest {
    /** Accuracy 2/4, UAR (1/3 + 1) / 2. */
    private static final ConfusionMatrix TRAINING = ConfusionMatrix.empty()
            .plus(Emotion.HAPPY, Emotion.SAD)
            .plus(Emotion.HAPPY, Emotion.SAD)
            .plus(Emotion.HAPPY, Emotion.HAPPY)
            .plus(Emotion.SAD, Emotion.SAD);

    /** Accuracy 3/4, UAR (1/2 + 1) / 2. */
    private static final ConfusionMatrix VALIDATION = ConfusionMatrix.empty()
            .plus(Emotion.HAPPY, Emotion.HAPPY)
            .plus(Emotion.HAPPY, Emotion.SAD)
            .plus(Emotion.SAD, Emotion.SAD)
            .plus(Emotion.SAD, Emotion.SAD);

    @TempDir
    private Path folder;

    @Test
    void writesBothSidesOfAnEpoch() throws IOException {
        Map<String, Float> expected = new LinkedHashMap<>(training());
        expected.put("validation/loss", 0.75f);
        expected.put("validation/accuracy", 0.75f);
        expected.put("validation/uar", 0.75f);
        assertThat(scalars(VALIDATION, 0.75)).containsExactlyEntriesOf(expected);
    }

    @Test
    void withoutValidationClipsThereIsNoValidation() throws IOException {
        assertThat(scalars(ConfusionMatrix.empty(), Double.NaN)).containsExactlyEntriesOf(training());
    }

    private static Map<String, Float> training() {
        Map<String, Float> scalars = new LinkedHashMap<>();
        scalars.put("train/loss", 1.5f);
        scalars.put("train/accuracy", 0.5f);
        scalars.put("train/uar", 2 / 3f);
        scalars.put("train/learning-rate", 0.25f);
        scalars.put("train/clips-per-second", 123f);
        return scalars;
    }

    /** Of epoch 2, read while the writer is still open: an epoch is visible as it ends. */
    private Map<String, Float> scalars(ConfusionMatrix validation, double validationLoss) throws IOException {
        Map<String, Float> scalars = new LinkedHashMap<>();
        try (TensorBoardWriter writer = new TensorBoardWriter(folder)) {
            EpochReport report = new EpochReport(2, 10, 0.25, 1.5, TRAINING, validationLoss, validation, true, 123, 60);
            new TensorBoardListener(writer).epochEnded(report, TinyNetwork.graph(false, 1));
            List<Map<Integer, byte[]>> events =
                    EventFile.read(EventFile.in(folder).get(0));
            for (Map<Integer, byte[]> event : events.subList(1, events.size())) {
                assertThat(EventFile.little(event.get(2)).getLong()).isEqualTo(2);
                Map<Integer, byte[]> value = EventFile.value(event);
                scalars.put(
                        EventFile.text(value.get(1)),
                        EventFile.little(value.get(2)).getFloat());
            }
        }
        return scalars;
    }
}
