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
                EventFile.fields(values.get("head/head_branch-0-logits-weight").get(5));
        assertThat(EventFile.real(histogram.get(3))).isEqualTo((double)
                network.getParam("head_branch-0-logits-weight").length());
        assertThat(EventFile.real(histogram.get(4)))
                .isCloseTo(
                        network.getParam("head_branch-0-logits-weight")
                                .sumNumber()
                                .doubleValue(),
                        within(1e-4));
        assertThat(values.keySet().stream().filter(tag -> tag.startsWith("head/")))
                .hasSameSizeAs(network.paramTable().keySet());
        byte[] png = EventFile.fields(values.get("confusion").get(4)).get(4);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(image.getWidth()).isEqualTo(840);
        String counts = EventFile.text(
                EventFile.fields(values.get("confusion-counts").get(8)).get(8));
        assertThat(counts).contains("validation side").contains("| **happy** |").contains("| recall |");
    }

    /** TensorBoard shows ten images of a tag. */
    @Test
    void drawsTenPicturesOfALongTraining() throws IOException {
        ComputationGraph network = TinyNetwork.graph(false, 1);
        try (TensorBoardWriter writer = new TensorBoardWriter(folder)) {
            TensorBoardListener listener = new TensorBoardListener(writer);
            for (int epoch = 1; epoch <= 39; epoch++) {
                listener.epochEnded(report(epoch, 39, VALIDATION, 0.75), network);
            }
        }
        List<Long> pictures = new ArrayList<>();
        List<Long> tables = new ArrayList<>();
        for (Map<Integer, byte[]> event : events()) {
            String tag = EventFile.text(EventFile.value(event).get(1));
            if (tag.equals("confusion")) {
                pictures.add(EventFile.little(event.get(2)).getLong());
            } else if (tag.equals("confusion-counts")) {
                tables.add(EventFile.little(event.get(2)).getLong());
            }
        }
        assertThat(pictures).containsExactly(4L, 8L, 12L, 16L, 20L, 24L, 28L, 32L, 36L, 39L);
        assertThat(tables).hasSize(39);
    }

    /** Three of four weights by 2, and one by 1: the root of 3 · 4 + 1. */
    @Test
    void writesTheDistanceOfTheParameters() throws IOException {
        ComputationGraph network = TinyNetwork.graph(false, 1);
        try (TensorBoardWriter writer = new TensorBoardWriter(folder)) {
            TensorBoardListener listener = new TensorBoardListener(writer);
            listener.epochEnded(report(VALIDATION, 0.75), network);
            for (int i = 0; i < 4; i++) {
                float before = network.getParam("head_branch-0-logits-bias").getFloat(i);
                network.getParam("head_branch-0-logits-bias").putScalar(i, before + (i < 3 ? 2 : 1));
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
        return report(2, 10, validation, loss);
    }

    private static EpochReport report(int epoch, int epochs, ConfusionMatrix validation, double loss) {
        return new EpochReportBuilder(epoch, epochs)
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
