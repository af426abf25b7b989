package org.speechemotion.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.transformer.Folders;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.DemoClips;
import org.speechemotion.spark.TestModel;
import org.speechemotion.spark.bindings.EncoderBindings;

/** The commands that compare precisions and write ONNX files, with a model on a transformer. */
class OnnxJobsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @BeforeEach
    void modelAndClips() throws IOException {
        Settings settings = Settings.ofTexts("encoder.path = \"" + Folders.path("wavlm-base") + "\"");
        EncoderSettings encoder = EncoderBindings.encoder(settings);
        TestModel.bundle(encoder, 7, settings.render()).write(folder.resolve("model"));
        Files.createDirectories(folder.resolve("calls"));
        Files.write(folder.resolve("calls/a.wav"), DemoClips.wav(1, Emotion.SAD));
        Files.write(folder.resolve("calls/b.wav"), DemoClips.wav(2, Emotion.HAPPY));
    }

    @Test
    void bothPrecisionsAreScoredAndCompared() throws IOException {
        assertThat(run(new ComparePrecisionJob(), "input=" + folder.resolve("calls")))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(4)
                .satisfiesExactly(
                        line -> assertThat(line).matches("recordings +2  equal labels .* %  greatest difference .*"),
                        line -> assertThat(line).matches("segments +2  equal labels .*"),
                        line -> assertThat(line).matches("time +float32 \\d+\\.\\d s, int8 .*"),
                        line -> assertThat(line)
                                .matches("int8 is (not )?close enough for this audio; the limits are .*"));
        Files.writeString(folder.resolve("calls/c.wav"), "not audio");
        assertThat(run(new ComparePrecisionJob(), "input=" + folder.resolve("calls")))
                .isEqualTo(Job.WRONG_INPUT);
        assertThat(out.toString(StandardCharsets.UTF_8)).containsPattern("recordings +2 ");
    }

    @Test
    void sixteenBitFloatsAreCloseEnough() {
        assertThat(run(new ComparePrecisionJob(), "input=" + folder.resolve("calls"), "encoder.precision=float16"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("recordings +2  equal labels 100\\.00 %")
                .contains("float16 is close enough for this audio");
    }

    @Test
    void aModelIsExportedInEveryPrecision() throws IOException {
        assertThat(run(new ExportJob(), "output=" + folder.resolve("model.onnx")))
                .isZero();
        assertThat(run(new ExportJob(), "output=" + folder.resolve("small.onnx"), "encoder.precision=int8"))
                .isZero();
        assertThat(run(new ExportJob(), "output=" + folder.resolve("half.onnx"), "encoder.precision=float16"))
                .isZero();
        assertThat(Files.size(folder.resolve("half.onnx")))
                .isBetween(Files.size(folder.resolve("small.onnx")), Files.size(folder.resolve("model.onnx")));
        assertThat(Files.size(folder.resolve("small.onnx"))).isLessThan(Files.size(folder.resolve("model.onnx")));
        assertThat(Files.readString(folder.resolve("small.onnx"), StandardCharsets.ISO_8859_1))
                .contains("MatMulInteger", "DynamicQuantizeLinear", "neutral,calm,happy");
    }

    @Test
    void anExportIsAnOnnxFile() {
        Path output = folder.resolve("model.pt");
        assertThat(run(new ExportJob(), "output=" + output)).isEqualTo(Job.WRONG_INPUT);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("output is " + output + "; allowed: a .onnx file");
        assertThat(output).doesNotExist();
    }

    private int run(Job job, String... arguments) {
        out.reset();
        List<String> words = new ArrayList<>(List.of("model=" + folder.resolve("model")));
        words.addAll(List.of(arguments));
        return job.execute(
                words.toArray(String[]::new),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
