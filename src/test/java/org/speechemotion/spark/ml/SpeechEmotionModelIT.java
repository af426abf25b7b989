package org.speechemotion.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.model.BundleException;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;
import org.speechemotion.spark.SparkTest;
import org.speechemotion.spark.bindings.TrainedModel;
import org.speechemotion.spark.io.RemoteFiles;
import org.speechemotion.spark.scoring.BatchScoring;
import org.speechemotion.spark.scoring.ScoringSettings;

/** Tests a fitted model: the columns that it adds, and saving and loading it. */
class SpeechEmotionModelIT extends SparkTest {
    /** Static, because tasks get copies of all else. */
    private static final AtomicInteger COUNT = new AtomicInteger();

    @TempDir
    static Path shared;

    private static Dataset<Row> clips;
    private static SpeechEmotionModel model;

    @BeforeAll
    static void train() throws IOException {
        clips = LabelledClips.table(shared(), shared.resolve("clips"));
        model = LabelledClips.classifier()
                .setRunDirectory(shared.resolve("runs").toString())
                .setSettings("network { context.width = 16, hidden-width = 16 }, run.label = first")
                .fit(clips);
    }

    /** Columns id (with metadata), clip.path (a dot in its name), holding sound and unsound files. */
    private Dataset<Row> mixed() throws IOException {
        List<String> paths = new ArrayList<>();
        for (Row row : clips.collectAsList()) {
            paths.add(row.getString(0));
        }
        paths.add(3, write("text.wav", "hello".getBytes(StandardCharsets.UTF_8)).toString());
        paths.add(7, folder.resolve("gone.wav").toString());
        paths.add(11, null);
        paths.add(12, "");
        paths.add(13, "no-such-scheme://x/y.wav");
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            rows.add(RowFactory.create(i, paths.get(i)));
        }
        return session.createDataFrame(
                rows,
                new StructType()
                        .add(
                                "id",
                                DataTypes.IntegerType,
                                false,
                                new MetadataBuilder().putString("unit", "rows").build())
                        .add("clip.path", DataTypes.StringType));
    }

    private SpeechEmotionModel onMixed() {
        return model.copy(ParamMap.empty()).setInputCol("clip.path");
    }

    @Test
    void everyRowKeepsItsPlaceAndHasAResultOrAReason() throws IOException {
        Dataset<Row> table = mixed();
        Dataset<Row> scored = onMixed().transform(table);
        assertThat(scored.columns())
                .containsExactly(
                        "id",
                        "clip.path",
                        "prediction",
                        "rawPrediction",
                        "probability",
                        "predictedEmotion",
                        "status",
                        "reason",
                        "message");
        assertThat(scored.schema().apply("id").metadata().getString("unit")).isEqualTo("rows");

        List<Row> rows = scored.collectAsList();
        assertThat(rows).extracting(row -> row.getInt(0)).containsExactlyElementsOf(ids(table));
        Map<Integer, String> reasons = new HashMap<>();
        for (Row row : rows) {
            if (row.getAs("status").equals("ok")) {
                Vector probability = row.getAs("probability");
                assertThat(Arrays.stream(probability.toArray()).sum()).isEqualTo(1, within(1e-5));
                assertThat(probability.argmax())
                        .isEqualTo((int) row.<Double>getAs("prediction").doubleValue());
                assertThat(row.<String>getAs("predictedEmotion"))
                        .isEqualTo(SpeechEmotionModel.labels()[probability.argmax()]);
                Vector raw = row.getAs("rawPrediction");
                assertThat(Arrays.stream(raw.toArray()).map(Math::exp).toArray())
                        .as("logits of the probabilities")
                        .containsExactly(probability.toArray(), within(1e-5));
                assertThat(row.isNullAt(7) && row.isNullAt(8)).isTrue();
            } else {
                assertThat(row.<String>getAs("status")).isEqualTo("rejected");
                assertThat(row.isNullAt(2) && row.isNullAt(3) && row.isNullAt(4) && row.isNullAt(5))
                        .isTrue();
                assertThat(row.<String>getAs("message")).isNotBlank().doesNotContain("\n");
                reasons.put(row.getInt(0), row.getAs("reason"));
            }
        }
        assertThat(reasons)
                .isEqualTo(Map.of(3, "unsupported", 7, "unreadable", 11, "empty", 12, "unreadable", 13, "unreadable"));
    }

    private static List<Integer> ids(Dataset<Row> table) {
        return table.select("id").as(Encoders.INT()).collectAsList();
    }

    @Test
    void rejectedRowsCanBeSkipped() throws IOException {
        Dataset<Row> scored = onMixed().setHandleInvalid(HasAudioInput.SKIP).transform(mixed());
        assertThat(scored.count()).isEqualTo(32);
        assertThat(scored.filter("status <> 'ok' or prediction is null").count())
                .isZero();
    }

    @Test
    void partitionsAndBatchesDoNotMatter() throws IOException {
        Map<String, double[]> expected = probabilities(model.transform(clips));
        assertThat(expected).hasSize(32);
        assertSame(probabilities(model.transform(clips.repartition(5))), expected);
        assertSame(probabilities(model.transform(clips.orderBy("label", "path").coalesce(1))), expected);
        SpeechEmotionModel single = model.copy(ParamMap.empty()).setSettings("score.batch-size = 1");
        assertSame(probabilities(single.transform(clips)), expected);
        assertSame(probabilities(single.setInputCol("audio").transform(clips)), expected);

        Path output = folder.resolve("scores.parquet");
        Settings settings = Settings.load(List.of(), List.of("model=" + shared.resolve("runs/emotion/first/model")));
        TrainedModel opened = TrainedModel.open(settings);
        BatchScoring.run(
                session,
                new ArrayList<>(expected.keySet()),
                opened.bundle(),
                opened.pipeline(JavaSparkContext.fromSparkContext(session.sparkContext())),
                settings.bind("score", ScoringSettings.class),
                output.toString());
        Map<String, double[]> job = new HashMap<>();
        for (Row row : BatchScoring.read(session, output.toString()).collectAsList()) {
            job.put(
                    row.getAs("path"),
                    EmotionSet.EIGHT.stream()
                            .mapToDouble(emotion -> row.<Float>getAs("probability_" + emotion.id()))
                            .toArray());
        }
        assertSame(job, expected);
    }

    private static Map<String, double[]> probabilities(Dataset<Row> scored) {
        Map<String, double[]> found = new HashMap<>();
        for (Row row : scored.select("path", "probability").collectAsList()) {
            found.put(row.getString(0), row.<Vector>getAs(1).toArray());
        }
        return found;
    }

    private static void assertSame(Map<String, double[]> found, Map<String, double[]> expected) {
        assertThat(found).containsOnlyKeys(expected.keySet());
        expected.forEach((path, values) -> assertThat(found.get(path)).as(path).containsExactly(values, within(1e-5)));
    }

    @Test
    void transformIsLazy() {
        COUNT.set(0);
        Dataset<Row> counted = clips.select("path")
                .map(
                        (MapFunction<Row, Row>) row -> {
                            COUNT.incrementAndGet();
                            return row;
                        },
                        Encoders.row(new StructType().add("path", DataTypes.StringType)));
        Dataset<Row> scored = model.transform(counted);
        assertThat(COUNT).hasValue(0);
        scored.collectAsList();
        assertThat(COUNT).hasValue(32);
    }

    @Test
    void pipelinesAreSavedAndLoadedOnAnyFileSystem() throws IOException {
        session.sparkContext().hadoopConfiguration().set("fs.remote.impl", RemoteFiles.class.getName());
        PipelineModel pipeline = new Pipeline()
                .setStages(new PipelineStage[] {model.copy(ParamMap.empty()).setPredictionCol("guess")})
                .fit(clips);
        for (String path : List.of(folder.resolve("pipe line").toString(), "remote:" + folder.resolve("far"))) {
            pipeline.write().overwrite().save(path);
            pipeline.write().overwrite().save(path);
            PipelineModel loaded = PipelineModel.load(path);
            SpeechEmotionModel stage = (SpeechEmotionModel) loaded.stages()[0];
            assertThat(stage.uid()).isEqualTo(model.uid());
            assertThat(stage.getPredictionCol()).isEqualTo("guess");
            assertThat(stage.manifest()).isEqualTo(model.manifest());
            assertSame(probabilities(loaded.transform(clips)), probabilities(model.transform(clips)));
        }
    }

    @Test
    void modelsOfTheTrainCommandAreLoaded() throws IOException {
        Path written = shared.resolve("runs/emotion/first/model");
        SpeechEmotionModel opened = SpeechEmotionModel.ofBundle(written.toString());
        assertThat(opened.manifest().modelId()).isEqualTo(model.manifest().modelId());
        assertSame(probabilities(opened.transform(clips)), probabilities(model.transform(clips)));

        Path broken = Files.createDirectory(folder.resolve("broken"));
        Files.copy(written.resolve("model.json"), broken.resolve("model.json"));
        Files.write(broken.resolve("model.zip"), new byte[] {1, 2, 3});
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> SpeechEmotionModel.ofBundle(broken.toString()))
                .withMessageContaining("model.zip has SHA-256");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(
                        () -> SpeechEmotionModel.ofBundle(folder.resolve("none").toString()))
                .withMessageContaining("cannot be read");
    }

    @Test
    void errorsAreReportedBeforeAnyTask() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.transform(model.transform(clips)))
                .withMessage(
                        "predictionCol is prediction, but the table has a column prediction already: name another");
        SpeechEmotionModel other = model.copy(ParamMap.empty()).setSettings("audio.minimum-seconds = -1");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> other.transform(clips))
                .withMessageContaining("minimum-seconds");
    }

    @Test
    void belowTheThresholdTheAnswerIsUncertain() {
        List<Row> rows = model.copy(ParamMap.empty())
                .setSettings("score.abstain-below = 1")
                .transform(clips)
                .collectAsList();
        assertThat(rows)
                .extracting(row -> row.<String>getAs("predictedEmotion"))
                .containsOnly("uncertain");
        assertThat(rows).extracting(row -> row.<Double>getAs("prediction")).doesNotContainNull();
    }
}
