package org.speechemotion.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.asr.RecognizerSettings;
import org.speechemotion.asr.SpeechRecognizer;
import org.speechemotion.asr.pretrained.CtcModel;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.PretrainedSettings;
import org.speechemotion.encoder.transformer.Folders;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.DemoClips;
import org.speechemotion.spark.TestModel;

/** The outputs and inputs of {@code infer}. */
class InferJobTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private Path clip;

    @BeforeEach
    void modelAndClips() throws IOException {
        TestModel.bundle(7, Settings.ofTexts("encoder.name = log-mel").render())
                .write(folder.resolve("runs/first/model"));
        Files.createDirectories(folder.resolve("calls/inner"));
        clip = Files.write(folder.resolve("calls/a.wav"), DemoClips.wav(1, Emotion.SAD));
        Files.write(folder.resolve("calls/inner/b.wav"), DemoClips.wav(2, Emotion.HAPPY));
        Files.writeString(folder.resolve("calls/c.wav"), "not audio");
    }

    @Test
    void theEmotionsAreSortedAndHaveTwoDigits() {
        assertThat(infer(clip.toString())).isZero();
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(1 + EmotionSet.EIGHT.size());
        assertThat(lines.get(0)).startsWith(clip + ": ").endsWith(" s)");
        List<Double> values = lines.subList(1, lines.size()).stream()
                .map(line -> Double.valueOf(line.substring(13, 17)))
                .toList();
        assertThat(values).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    @Test
    void jsonIsAnObjectPerFileWithTheColumnsOfScore() throws IOException {
        assertThat(infer("--json", folder.resolve("calls").toString())).isEqualTo(Job.WRONG_INPUT);
        List<JsonNode> objects = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            objects.add(new ObjectMapper().readTree(line));
        }
        assertThat(objects)
                .extracting(object -> object.get("path").asText())
                .containsExactly(clip.toString(), folder + "/calls/c.wav", folder + "/calls/inner/b.wav");
        assertThat(objects).allSatisfy(object -> assertThat(object.fieldNames())
                .toIterable()
                .containsExactly(
                        "path",
                        "status",
                        "reason",
                        "message",
                        "duration_s",
                        "speech_s",
                        "emotion",
                        "confidence",
                        "entropy",
                        "probability_neutral",
                        "probability_calm",
                        "probability_happy",
                        "probability_sad",
                        "probability_angry",
                        "probability_fearful",
                        "probability_disgust",
                        "probability_surprised",
                        "channels",
                        "timeline",
                        "model_id"));
        assertThat(objects.get(1).get("status").asText()).isEqualTo("rejected");
        assertThat(objects.get(1).get("reason").asText()).isEqualTo("unsupported");
        assertThat(objects.get(1).get("emotion").isNull()).isTrue();
        JsonNode segment = objects.get(0).get("timeline").get(0);
        assertThat(segment.get("emotion")).isEqualTo(objects.get(0).get("emotion"));
        assertThat(segment.get("end_s")).isEqualTo(objects.get(0).get("duration_s"));
        double sum = 0;
        for (Emotion emotion : EmotionSet.EIGHT) {
            sum += objects.get(0).get("probability_" + emotion.id()).asDouble();
        }
        assertThat(sum).isBetween(0.999, 1.001);
    }

    /** Other tests compare the recogniser with that of Hugging Face. */
    @Test
    void aSpeechRecogniserAddsTranscripts() throws IOException {
        String path = Folders.path("hubert-ctc").toString();
        String text;
        try (SpeechRecognizer alone =
                CtcModel.recognizer(RecognizerSettings.at(path), PretrainedSettings.Engine.ONNX, 1)) {
            text = alone.transcribe(new AudioDecoder(AudioSettings.defaults())
                            .decode(Files.readAllBytes(clip))
                            .orElseThrow()
                            .waveform()
                            .samples())
                    .text();
        }
        assertThat(infer("asr.path=" + path, clip.toString())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2 + EmotionSet.EIGHT.size())
                .last()
                .isEqualTo("  text: " + text);
        out.reset();
        assertThat(infer("--json", "asr.path=" + path, clip.toString())).isZero();
        JsonNode object = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(object.get("text").asText()).isEqualTo(text);
        assertThat(object.get("words").get(0).get("word").asText()).isEqualTo(text.split(" ", -1)[0]);
        assertThat(object.get("timeline").get(0).get("words")).isEqualTo(object.get("words"));
        out.reset();
        assertThat(infer("asr.path=" + Folders.path("hubert-base"), clip.toString()))
                .isEqualTo(Job.WRONG_INPUT);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("lm_head.weight");
    }

    @Test
    void csvHasAHeaderAndARowPerFile() {
        assertThat(infer("--csv", clip.toString(), folder + "/none.wav")).isEqualTo(Job.WRONG_INPUT);
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("path,status,reason,").endsWith(",probability_surprised,model_id");
        assertThat(lines.get(1)).startsWith(clip + ",ok,,,");
        assertThat(lines.get(2)).startsWith(folder + "/none.wav,rejected,unreadable,");
        assertThat(infer("--csv", "--json", clip.toString())).isEqualTo(Job.WRONG_INPUT);
        assertThat(err.toString(StandardCharsets.UTF_8)).endsWith("--json and --csv exclude each other\n");
    }

    @Test
    void archiveEntriesAndStandardInputAreScored() throws IOException {
        Path archive = folder.resolve("calls.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("in/a.wav"));
            zip.write(Files.readAllBytes(clip));
        }
        InputStream standard = System.in;
        try {
            System.setIn(new ByteArrayInputStream(Files.readAllBytes(clip)));
            assertThat(infer("--csv", archive.toString(), "-", clip.toString())).isZero();
        } finally {
            System.setIn(standard);
        }
        List<String[]> rows = out.toString(StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .map(line -> line.split(",", 2))
                .toList();
        assertThat(rows).extracting(row -> row[0]).containsExactly(archive + "!/in/a.wav", "-", clip.toString());
        assertThat(rows).extracting(row -> row[1]).containsOnly(rows.get(2)[1]);
    }

    @Test
    void missingInputsAreRejected() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        Files.writeString(folder.resolve("bad.zip"), "no archive");
        assertThat(infer(folder + "/empty", folder + "/bad.zip", folder + "/*.mp3", folder + "/none/*.wav", "no:such"))
                .isEqualTo(Job.WRONG_INPUT);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private int infer(String... words) {
        List<String> all = new ArrayList<>(List.of("model=" + folder.resolve("runs/first")));
        all.addAll(List.of(words));
        return new InferJob()
                .execute(
                        all.toArray(String[]::new),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
