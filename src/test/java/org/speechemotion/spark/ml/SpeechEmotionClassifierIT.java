package org.speechemotion.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.speechemotion.encoder.transformer.EncoderFolder;
import org.speechemotion.encoder.transformer.Folders;
import org.speechemotion.spark.SparkTest;
import org.speechemotion.spark.io.RemoteFiles;

/** Tests the fit on tables: the influences on the model, the rejected tables and the remaining files. */
class SpeechEmotionClassifierIT extends SparkTest {
    private Dataset<Row> clips;

    @BeforeEach
    void write() throws IOException {
        clips = LabelledClips.table(session, folder.resolve("clips"));
    }

    @Test
    void theModelDependsOnAudioLabelsAndGroupsAlone() throws IOException {
        long before = temporaryFolders();
        PrintStream standard = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        SpeechEmotionModel model;
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            model = LabelledClips.classifier().fit(clips);
        } finally {
            System.setOut(standard);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .as("the output belongs to the shell")
                .isEmpty();
        assertThat(temporaryFolders()).isEqualTo(before);
        assertThat(model.hasParent()).isTrue();
        String id = model.manifest().modelId();

        Dataset<Row> mixed =
                clips.orderBy(functions.xxhash64(new Column("path"))).repartition(3);
        assertThat(id(LabelledClips.classifier(), mixed))
                .as("rows in another order")
                .isEqualTo(id);
        assertThat(id(LabelledClips.classifier().setInputCol("audio"), mixed))
                .as("bytes")
                .isEqualTo(id);
        assertThat(id(LabelledClips.classifier().setLabelCol("label"), clips))
                .as("labels as numbers")
                .isEqualTo(id);
        assertThat(id(LabelledClips.classifier().setSeed(1), clips))
                .as("another seed")
                .isNotEqualTo(id);
    }

    private static String id(SpeechEmotionClassifier classifier, Dataset<Row> table) {
        return classifier.fit(table).manifest().modelId();
    }

    private static long temporaryFolders() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("speech-emotion-fit."))
                    .count();
        }
    }

    @Test
    void validationGroupsAreDrawnOrGiven() {
        Map<String, String> drawn = LabelledClips.classifier()
                .setValidationRatio(0.5)
                .fit(clips)
                .manifest()
                .split();
        assertThat(drawn).containsOnlyKeys("table:1", "table:2", "table:3", "table:4");
        assertThat(drawn.values()).containsExactlyInAnyOrder("train", "train", "validation", "validation");

        SpeechEmotionModel said =
                LabelledClips.classifier().setValidationIndicatorCol("held_out").fit(clips);
        assertThat(said.manifest().split())
                .isEqualTo(Map.of("table:1", "train", "table:2", "train", "table:3", "train", "table:4", "validation"));
        assertThat(said.manifest().clips()).isEqualTo(Map.of("table", Map.of("train", 24L, "validation", 8L)));
    }

    @Test
    void theSettingsMayNameOtherEmotions() {
        Dataset<Row> own = clips.withColumn(
                "emotion",
                functions.expr("CASE WHEN label < 2 THEN 'Relaxed' WHEN label < 5 THEN 'urgent' ELSE 'joy' END"));
        SpeechEmotionClassifier classifier = LabelledClips.classifier();
        SpeechEmotionModel model = classifier
                .setSettings(classifier.getSettings() + "\ncorpora.emotions = [relaxed, urgent, happy]")
                .fit(own);
        assertThat(model.manifest().labels()).containsExactly("relaxed", "urgent", "happy");
        List<Row> scored = model.transform(own.limit(2))
                .select("predictedEmotion", "probability", "prediction")
                .collectAsList();
        assertThat(scored).hasSize(2).allSatisfy(row -> {
            assertThat(row.<Vector>getAs(1).size()).isEqualTo(3);
            assertThat(row.getString(0)).isEqualTo(model.manifest().labels().get((int) row.getDouble(2)));
        });
    }

    @Test
    void unusableTablesAreRejectedInOneLine() {
        SpeechEmotionClassifier classifier = LabelledClips.classifier().setValidationIndicatorCol("held_out");
        refused(
                classifier,
                clips.withColumn("held_out", functions.expr("label = 2")),
                "group 1 of column speaker has rows with held_out true and rows with false: a group is on one side");
        refused(
                classifier,
                clips.withColumn("held_out", functions.lit(false)),
                "column held_out is false in every row: at least one group must be on the validation side");
        refused(
                classifier,
                clips.withColumn(
                        "emotion",
                        functions.expr(
                                "case label when 2 then 'excited' when 3 then 'x' when 4 then 'x' else emotion end")),
                "column emotion has labels that name no emotion: \"x\" in 8 rows, \"excited\" in 4 rows. Allowed:"
                        + " neutral, calm, happy, sad, angry, fearful, disgust, surprised, or other common names of them");
        refused(
                classifier.copy(ParamMap.empty()).setLabelCol("label"),
                clips.withColumn("label", functions.lit(1.5)),
                "column label: emotion label is 1.5; allowed: 0 to 7");
        refused(
                classifier,
                clips.withColumn("speaker", functions.lit(null).cast("string")),
                "column speaker is null in a row: every row needs a group");
        refused(classifier, clips.limit(0), "the table has no rows to train on");
        refused(
                LabelledClips.classifier().setSettings("encoder.embed = true"),
                clips,
                "encoder.embed is true, but runDirectory, where the copy would be, is not set");
        Dataset<Row> twice = clips.union(clips.withColumn("speaker", functions.lit(9)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> classifier.fit(twice.withColumn("held_out", functions.expr("speaker = 9"))))
                .withMessageContaining("split.allow-equal-content = true allows it");
    }

    private static void refused(SpeechEmotionClassifier classifier, Dataset<Row> table, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> classifier.fit(table))
                .withMessage(message);
    }

    @Test
    void parameterSearchKeepsSpeakersTogether() throws IOException {
        SpeechEmotionClassifier classifier = LabelledClips.classifier()
                .setEpochs(1)
                .setValidationRatio(0)
                .setHandleInvalid("skip")
                .setRunDirectory(folder.resolve("runs").toString());
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(classifier.maxIter(), new int[] {1, 2})
                .build();
        Dataset<Row> table = clips.withColumn("fold", functions.expr("dense_rank() over (order by speaker) % 2"))
                .withColumn("path", functions.expr("if(speaker = 1 and label = 0, '/gone.wav', path)"));
        CrossValidatorModel tuned = new CrossValidator()
                .setEstimator(classifier)
                .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("accuracy"))
                .setEstimatorParamMaps(grid)
                .setNumFolds(2)
                .setFoldCol("fold")
                .setParallelism(2)
                .fit(table);
        assertThat(tuned.avgMetrics()).hasSize(2).doesNotContain(Double.NaN);
        SpeechEmotionModel best = (SpeechEmotionModel) tuned.bestModel();
        assertThat(best.transform(table).count()).isEqualTo(31);
        double accuracy = new MulticlassClassificationEvaluator()
                .setMetricName("accuracy")
                .evaluate(best.transform(table));
        long right = best.transform(table).filter("prediction = label").count();
        assertThat(accuracy).isCloseTo(right / 31.0, within(1e-9));
        try (Stream<Path> runs = Files.list(folder.resolve("runs/emotion"))) {
            assertThat(runs.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(List.of(1, 2, 3, 4, 5).stream()
                            .map(number -> classifier.uid() + "-" + number)
                            .toArray(String[]::new));
        }
    }

    @Test
    void modelsContainTheirEncoder() throws IOException {
        session.sparkContext().hadoopConfiguration().set("fs.remote.impl", RemoteFiles.class.getName());
        Path encoder = Files.createDirectory(folder.resolve("encoder"));
        for (Path file : EncoderFolder.files(Folders.path("hubert-base"))) {
            Files.copy(file, encoder.resolve(file.getFileName()));
        }
        SpeechEmotionModel model = LabelledClips.classifier()
                .setEpochs(1)
                .setRunDirectory(folder.resolve("runs").toString())
                .setEncoderPath(encoder.toString())
                .setSettings("encoder.embed = true, network.hidden-width = 16")
                .fit(clips);
        model.setEncoderPath("").write().save("remote:" + folder.resolve("saved"));
        List<Row> expected = model.transform(clips).select("probability").collectAsList();
        Files.move(encoder, folder.resolve("moved"));
        Files.move(folder.resolve("runs"), folder.resolve("moved-runs"));

        SpeechEmotionModel loaded = SpeechEmotionModel.load("remote:" + folder.resolve("saved"));
        List<Row> found = loaded.transform(clips).select("probability").collectAsList();
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i).<Vector>getAs(0).toArray())
                    .containsExactly(expected.get(i).<Vector>getAs(0).toArray(), within(1e-5));
        }
    }
}
