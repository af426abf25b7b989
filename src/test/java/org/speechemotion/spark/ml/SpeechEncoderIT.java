package org.speechemotion.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.speechemotion.asr.RecognizerSettings;
import org.speechemotion.asr.Transcript;
import org.speechemotion.asr.Word;
import org.speechemotion.asr.pretrained.CtcModel;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.encoder.Normalization;
import org.speechemotion.encoder.PretrainedSettings;
import org.speechemotion.encoder.transformer.Folders;
import org.speechemotion.spark.SparkTest;

class SpeechEncoderIT extends SparkTest {
    private static final EncoderSettings LOG_MEL =
            EncoderSettings.of("log-mel", 16_000, LogMelSettings.defaults().withNormalization(Normalization.CLIP));

    private Dataset<Row> clips;

    @BeforeEach
    void write() throws IOException {
        clips = LabelledClips.table(session, folder);
    }

    @Test
    void embeddingsAreTheMeansOfTheEncodersFrames() {
        SpeechEncoder encoder = new SpeechEncoder().setOutputCol("embedding");
        requireMeans(encoder.transform(clips), LOG_MEL);
        requireMeans(encoder.setInputCol("audio").transform(clips.repartition(3)), LOG_MEL);

        Path hubert = Folders.path("hubert-base");
        requireMeans(
                new SpeechEncoder()
                        .setOutputCol("embedding")
                        .setEncoderPath(hubert.toString())
                        .transform(clips),
                EncoderSettings.of("transformer", 16_000, LogMelSettings.defaults())
                        .with(PretrainedSettings.at(hubert.toString())));
    }

    /** Requires that the embeddings are the means of the frames of single clips. */
    private static void requireMeans(Dataset<Row> encoded, EncoderSettings settings) {
        List<Row> rows = encoded.collectAsList();
        assertThat(rows).hasSize(32);
        try (Encoder encoder = Encoders.open(settings)) {
            for (Row row : rows) {
                float[] frames = encoder.encode(List.of(heard(row.getAs("audio"))))
                        .get(0)
                        .values();
                double[] means = new double[encoder.width()];
                int time = frames.length / means.length;
                for (int i = 0; i < frames.length; i++) {
                    means[i % means.length] += (double) frames[i] / time;
                }
                assertThat(row.<Vector>getAs("embedding").toArray()).containsExactly(means, within(1e-5));
            }
        }
    }

    private static float[] heard(byte[] wav) {
        return new AudioDecoder(AudioSettings.defaults())
                .decode(wav)
                .orElseThrow()
                .waveform()
                .samples();
    }

    @Test
    void rejectedAudioHasNoEmbeddingAndCanBeSkipped() {
        Dataset<Row> some = clips.withColumn(
                "path",
                functions.when(functions.col("label").equalTo(3), "/gone.wav").otherwise(functions.col("path")));
        List<Row> rows = new SpeechEncoder().transform(some).filter("label = 3").collectAsList();
        assertThat(rows).hasSize(4);
        for (Row row : rows) {
            assertThat(row.isNullAt(row.fieldIndex("features"))).isTrue();
            assertThat(row.<String>getAs("reason")).isEqualTo("unreadable");
        }
        assertThat(new SpeechEncoder().setHandleInvalid("skip").transform(some).count())
                .isEqualTo(28);
    }

    @Test
    void notesOnRecordingsAreMessages() {
        Dataset<Row> some = clips.withColumn(
                "audio", functions.expr("if(label = 3, substring(audio, 1, length(audio) - 100), audio)"));
        List<Row> rows =
                new SpeechEncoder().setInputCol("audio").transform(some).collectAsList();
        assertThat(rows).hasSize(32);
        for (Row row : rows) {
            assertThat(row.<String>getAs("status")).isEqualTo("ok");
            String message = row.getAs("message");
            if (row.<Integer>getAs("label") == 3) {
                assertThat(message).startsWith("the file is cut short: ");
            } else {
                assertThat(message).isNull();
            }
        }
    }

    @Test
    void audioForWhichTheEncoderIsNotFiniteIsRejected() throws IOException {
        Path broken = Files.createDirectories(folder.resolve("broken"));
        for (String name : List.of("config.json", "preprocessor_config.json")) {
            Files.copy(Folders.path("hubert-base").resolve(name), broken.resolve(name));
        }
        byte[] weights = Files.readAllBytes(Folders.path("hubert-base").resolve("model.safetensors"));
        ByteBuffer values = ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN);
        values.position(Math.toIntExact(Long.BYTES + values.getLong()));
        while (values.hasRemaining()) {
            values.putFloat(3e38f);
        }
        Files.write(broken.resolve("model.safetensors"), weights);

        List<Row> rows = new SpeechEncoder()
                .setEncoderPath(broken.toString())
                .transform(clips.limit(3))
                .collectAsList();
        assertThat(rows).hasSize(3);
        for (Row row : rows) {
            assertThat(row.isNullAt(row.fieldIndex("features"))).isTrue();
            assertThat(row.<String>getAs("reason")).isEqualTo("not-finite");
        }
    }

    @Test
    void otherStagesLearnFromItInAPipeline() throws IOException {
        Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {
            new SpeechEncoder().setSettings("encoder.log-mel.normalization = none"),
            new LogisticRegression().setMaxIter(20)
        });
        pipeline.write().save(folder.resolve("pipeline").toString());
        PipelineModel model =
                Pipeline.load(folder.resolve("pipeline").toString()).fit(clips);
        model.write().save(folder.resolve("model").toString());
        PipelineModel loaded = PipelineModel.load(folder.resolve("model").toString());

        assertThat(((SpeechEncoder) loaded.stages()[0]).getSettings())
                .isEqualTo("encoder.log-mel.normalization = none");
        Dataset<Row> predicted = loaded.transform(clips);
        assertThat(predicted.filter("prediction = label").count()).isGreaterThan(24);
        assertThat(predicted.select("prediction").collectAsList())
                .isEqualTo(model.transform(clips).select("prediction").collectAsList());
        assertThat(Arrays.asList(predicted.columns())).contains("features", "status");
    }

    @Test
    void aSpeechRecognizerAddsTextAndWords() {
        String path = Folders.path("wav2vec2-ctc").toString();
        Dataset<Row> some = clips.limit(3).withColumn("path", functions.expr("if(label = 3, '/gone.wav', path)"));
        List<Row> rows = new SpeechRecognizer().setAsrPath(path).transform(some).collectAsList();
        assertThat(rows).hasSize(3);
        try (org.speechemotion.asr.SpeechRecognizer alone =
                CtcModel.recognizer(RecognizerSettings.at(path), PretrainedSettings.Engine.ONNX, 1)) {
            for (Row row : rows) {
                if (row.<String>getAs("path").equals("/gone.wav")) {
                    assertThat(row.<String>getAs("reason")).isEqualTo("unreadable");
                    assertThat(row.<String>getAs("text")).isNull();
                    continue;
                }
                Transcript transcript = alone.transcribe(heard(row.getAs("audio")));
                assertThat(row.<String>getAs("text")).isEqualTo(transcript.text());
                List<Row> words = row.getList(row.fieldIndex("words"));
                assertThat(words)
                        .extracting(word -> word.<String>getAs("word"))
                        .containsExactlyElementsOf(
                                transcript.words().stream().map(Word::text).toList());
                assertThat(words.get(0).<Double>getAs("end_s"))
                        .isEqualTo(transcript.words().get(0).endSeconds());
            }
        }
        assertThatThrownBy(() -> new SpeechRecognizer().transform(clips)).hasMessageContaining("asr.path is not given");
        assertThatThrownBy(() -> new SpeechRecognizer()
                        .setAsrPath(Folders.path("hubert-base").toString())
                        .transform(clips))
                .hasMessageContaining("lm_head.weight");
    }

    @Test
    void invalidEncodersAreReportedBeforeAnyTask() {
        assertThatThrownBy(() -> new SpeechEncoder()
                        .setEncoderPath(folder.resolve("none").toString())
                        .transform(clips))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("none");
    }
}
