package org.speechemotion.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.audio.AudioSource;
import org.speechemotion.corpus.Csv;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.train.Trainer.Prediction;

class MisclassifiedTest {
    @TempDir
    private Path folder;

    @Test
    void listsErrorsByConfidenceAndNoCorrectClips() {
        List<Prediction> predictions = List.of(
                Predicted.clip("mild", "made:1", Emotion.HAPPY, Emotion.SAD, 0.5f),
                Predicted.clip("right", "made:1", Emotion.SAD, Emotion.SAD, 0.99f),
                Predicted.clip("sure", "made:2", Emotion.CALM, Emotion.ANGRY, 0.9f),
                Predicted.clip("b-equal", "made:2", Emotion.CALM, Emotion.ANGRY, 0.7f),
                Predicted.clip("a-equal", "made:2", Emotion.CALM, Emotion.HAPPY, 0.7f));
        assertThat(Misclassified.worst(predictions, 20))
                .extracting(one -> one.rank() + one.prediction().example().path())
                .containsExactly("1sure", "2a-equal", "3b-equal", "4mild");
        assertThat(Misclassified.worst(predictions, 2)).hasSize(2);
        assertThat(Misclassified.worst(predictions, 0)).isEmpty();
    }

    @Test
    void namesShowTrueAndPredictedEmotion() {
        Prediction prediction =
                Predicted.of("file:/data/Actor_07/03-01-03-01-01-01-07.wav", "ravdess:07", Emotion.HAPPY, new float[] {
                    0.01f, 0.024f, 0.05f, 0.906f, 0.01f, 0, 0, 0
                });
        assertThat(new Misclassified(7, prediction).fileName())
                .isEqualTo("007_happy-as-sad_sad-0.91_happy-0.05_calm-0.02_03-01-03-01-01-01-07.wav");
    }

    @ParameterizedTest
    @CsvSource({
        "'/a/é 声;rm -rf ~$x.wav', ----rm--rf---x.wav",
        "/a/.., .",
        "/a/no-extension, no-extension",
        "/a/x.wa:v, x",
        "/a/.wav, .wav",
        "hdfs://host/a/b.FLAC, b.FLAC"
    })
    void namesOfFilesAreSanitised(String path, String end) {
        String name = name(path);
        assertThat(name).endsWith("_" + end).matches("[A-Za-z0-9._-]+");
    }

    @Test
    void namesAreOfBoundedLength() {
        assertThat(name("/a/" + "x".repeat(5000) + ".wav")).hasSizeLessThan(200).endsWith("x.wav");
    }

    private static String name(String path) {
        return Misclassified.worst(List.of(Predicted.clip(path, "made:1", Emotion.HAPPY, Emotion.SAD, 0.5f)), 1)
                .get(0)
                .fileName();
    }

    @Test
    void copiesTheFilesAndListsTheirPredictions() throws IOException {
        List<Misclassified> clips = Misclassified.worst(
                List.of(
                        Predicted.clip("one/same.wav", "made:1", Emotion.HAPPY, Emotion.SAD, 0.75f),
                        Predicted.clip("two/same.wav", "made:2", Emotion.HAPPY, Emotion.SAD, 0.75f),
                        Predicted.clip("gone.wav", "made:2", Emotion.CALM, Emotion.SAD, 0.5f),
                        Predicted.clip("odd:/", "made:2", Emotion.CALM, Emotion.SAD, 0.4f)),
                9);
        AudioSource audio = (path, maxBytes) -> {
            if (path.equals("odd:/")) {
                throw new IllegalArgumentException("no such scheme");
            }
            if (path.equals("gone.wav")) {
                throw new NoSuchFileException(path, null, "no such file");
            }
            assertThat(maxBytes).isEqualTo(1000);
            return new byte[] {(byte) path.charAt(0), 0, -1};
        };
        List<String> told = new ArrayList<>();

        MisclassifiedFolder.write(clips, audio, 1000, folder.resolve("misclassified"), told::add);

        List<Csv.Row> rows;
        Path index = folder.resolve("misclassified/index.csv");
        try (StringReader reader = new StringReader(Files.readString(index))) {
            rows = Csv.parse(reader, "index.csv");
        }
        assertThat(rows.get(0).fields())
                .containsExactly(
                        "file",
                        "path",
                        "actor_id",
                        "emotion",
                        "predicted",
                        "probability",
                        "second",
                        "second_probability",
                        "third",
                        "third_probability");
        assertThat(rows.get(1).fields().subList(1, 6))
                .containsExactly("one/same.wav", "made:1", "happy", "sad", "0.75");
        assertThat(folder.resolve("misclassified").resolve(rows.get(1).fields().get(0)))
                .hasBinaryContent(new byte[] {'o', 0, -1});
        assertThat(folder.resolve("misclassified").resolve(rows.get(2).fields().get(0)))
                .hasBinaryContent(new byte[] {'t', 0, -1});
        assertThat(rows.get(3).fields()).startsWith("", "gone.wav");
        assertThat(rows.get(4).fields()).startsWith("", "odd:/");
        try (Stream<Path> files = Files.list(folder.resolve("misclassified"))) {
            assertThat(files).hasSize(3);
        }
        assertThat(told)
                .containsExactly("not copied: gone.wav: gone.wav: no such file", "not copied: odd:/: no such scheme");
    }
}
