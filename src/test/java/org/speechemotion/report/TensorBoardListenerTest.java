package org.speechemotion.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.model.TinyNetwork;
import org.speechemotion.train.EpochReport;
import org.speechemotion.train.EpochReportBuilder;

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

    @Test
    void writesHistogramsOfTheHeadAndTheConfusionMatrix() throws IOException {
        ComputationGraph network = TinyNetwork.graph(false, 1);
        try (TensorBoardWriter writer = new TensorBoardWriter(folder)) {
            new TensorBoardListener(writer).epochEnded(report(VALIDATION, 0.75), network);
        }
        Map<String, Map<Integer, byte[]>> values = new LinkedHashMap<>();
        for (Map<Integer, byte[]> event : events()) {
            Map<Integer, byte[]> value = EventFile.value(event);
            values.put(EventFile.text(value.get(1)), value);
        }
        Map<Integer, byte[]> histogram =
                EventFile.fields(values.get("head/emotion_W").get(5));
        assertThat(EventFile.real(histogram.get(3)))
                .isEqualTo((double) network.getParam("emotion_W").length());
        assertThat(EventFile.real(histogram.get(4)))
                .isCloseTo(network.getParam("emotion_W").sumNumber().doubleValue(), within(1e-4));
        assertThat(values.keySet().stream().filter(tag -> tag.startsWith("head/")))
                .hasSameSizeAs(network.paramTable().keySet());
        byte[] png = EventFile.fields(values.get("confusion").get(4)).get(4);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(image.getWidth()).isEqualTo(840);
        String counts = EventFile.text(
                EventFile.fields(values.get("confusion-counts").get(8)).get(8));
        assertThat(counts).contains("validation side").contains("| **happy** |").contains("| recall |");
    }

    /** Three of four weights by 2, and one by 1: the root of 3 · 4 + 1. */
    @Test
    void writesTheDistanceOfTheParameters() throws IOException {
        ComputationGraph network = TinyNetwork.graph(false, 1);
        try (TensorBoardWriter writer = new TensorBoardWriter(folder)) {
            TensorBoardListener listener = new TensorBoardListener(writer);
            listener.epochEnded(report(VALIDATION, 0.75), network);
            for (int i = 0; i < 4; i++) {
                float before = network.getParam("emotion_b").getFloat(i);
                network.getParam("emotion_b").putScalar(i, before + (i < 3 ? 2 : 1));
            }
            listener.epochEnded(report(VALIDATION, 0.75), network);
            listener.epochEnded(report(VALIDATION, 0.75), network);
        }
        List<Float> norms = new ArrayList<>();
        for (Map<Integer, byte[]> event : events()) {
            Map<Integer, byte[]> value = EventFile.value(event);
            if (EventFile.text(value.get(1)).equals("train/parameter-change-norm")) {
                norms.add(EventFile.little(value.get(2)).getFloat());
            }
        }
        assertThat(norms).hasSize(2);
        assertThat(norms.get(0)).isCloseTo((float) Math.sqrt(13), within(1e-5f));
        assertThat(norms.get(1)).isZero();
    }

    private List<Map<Integer, byte[]>> events() throws IOException {
        List<Map<Integer, byte[]>> events = EventFile.read(EventFile.in(folder).get(0));
        return events.subList(1, events.size());
    }

    private static EpochReport report(ConfusionMatrix validation, double loss) {
        return new EpochReportBuilder(2, 10)
                .training(0.25, 1.5, 3.25, TRAINING)
                .validation(loss, validation)
                .best(true)
                .speed(123, 7.5)
                .build();
    }

    private static Map<String, Float> training() {
        Map<String, Float> scalars = new LinkedHashMap<>();
        scalars.put("train/loss", 1.5f);
        scalars.put("train/accuracy", 0.5f);
        scalars.put("train/uar", 2 / 3f);
        scalars.put("train/learning-rate", 0.25f);
        scalars.put("train/gradient-norm", 3.25f);
        scalars.put("train/clips-per-second", 123f);
        return scalars;
    }

    /** Reads the scalars of epoch 2 while the writer is still open, because an epoch is visible as soon as it ends. */
    private Map<String, Float> scalars(ConfusionMatrix validation, double validationLoss) throws IOException {
        Map<String, Float> scalars = new LinkedHashMap<>();
        try (TensorBoardWriter writer = new TensorBoardWriter(folder)) {
            new TensorBoardListener(writer).epochEnded(report(validation, validationLoss), TinyNetwork.graph(false, 1));
            for (Map<Integer, byte[]> event : events()) {
                assertThat(EventFile.little(event.get(2)).getLong()).isEqualTo(2);
                Map<Integer, byte[]> value = EventFile.value(event);
                if (value.containsKey(2)) {
                    scalars.put(
                            EventFile.text(value.get(1)),
                            EventFile.little(value.get(2)).getFloat());
                }
            }
        }
        return scalars;
    }
}
