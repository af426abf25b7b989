package org.speechemotion.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.features.FeatureSettings;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.report.CurvesPlot;
import org.speechemotion.report.RunComparison;
import org.speechemotion.report.RunSummary;
import org.speechemotion.report.SideResult;
import org.speechemotion.spark.TestModel;
import org.speechemotion.split.Side;
import org.speechemotion.split.SplitSettings;
import org.speechemotion.train.RunFolder;
import org.speechemotion.train.TrainingSettings;
import org.speechemotion.train.Trainings;

class CrossValidationIT extends TrainingFixture {
    private static final TrainingSettings TRAINING =
            Trainings.of("epochs=1", "batch-size=8", "averaging-frequency=2", "workers=2", "cache-megabytes=64");

    private Dataset<Row> catalog;

    @BeforeEach
    void corpus() throws IOException {
        catalog = catalog(List.of(Emotion.HAPPY, Emotion.SAD, Emotion.ANGRY));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyClipIsTestedOnceByAModelThatNeverHeardItsSpeaker(int foldsAtOnce) throws IOException {
        RunFolder run = new RunFolder(folder.resolve("runs"), "cross", "at-once-" + foldsAtOnce);
        SideResult pooled = new CrossValidation(session, settings(4), run, foldsAtOnce, line -> {}).run(catalog);

        assertThat(pooled.predictions()).hasSize(12);
        assertThat(pooled.evaluation().speakers()).isEqualTo(4);
        JsonNode metrics =
                new ObjectMapper().readTree(run.path().resolve("metrics.json").toFile());
        assertThat(metrics.get("test").get("n").asInt()).isEqualTo(12);
        assertThat(metrics.get("folds").asInt()).isEqualTo(4);
        List<Row> rows = session.read()
                .parquet(run.path().resolve("predictions.parquet").toString())
                .collectAsList();
        Map<String, List<String>> testedBy = new TreeMap<>();
        for (Row row : rows) {
            testedBy.computeIfAbsent(row.getAs("path"), path -> new ArrayList<>())
                    .add("fold-" + row.getAs("fold"));
            Map<String, String> split = ModelBundle.read(
                            run.path().resolve("fold-" + row.getAs("fold")).resolve("model"))
                    .manifest()
                    .split();
            assertThat(split.get(row.<String>getAs("actor_id"))).isEqualTo(Side.TEST.id());
        }
        assertLeavesTheFilesOfARun(run);
        assertThat(testedBy).hasSize(12).allSatisfy((path, folds) -> assertThat(folds)
                .hasSize(1));
    }

    private static void assertLeavesTheFilesOfARun(RunFolder run) throws IOException {
        assertThat(run.path())
                .isDirectoryContaining("glob:**/report.html")
                .isDirectoryContaining("glob:**/confusion.png")
                .isDirectoryContaining("glob:**/results.tex");
        assertThat(run.path().resolve("figures/confusion.svg")).exists();
        assertThat(Files.readString(run.path().resolve("report.html")))
                .contains("id=\"folds\"", "<th scope=\"row\">3</th>");
        assertThat(Files.readAllLines(run.path().resolve("predictions.csv")))
                .hasSize(13)
                .first()
                .asString()
                .startsWith("path,actor_id,emotion,predicted,probability_neutral,");
        assertThat(Files.readAllLines(run.path().resolve("folds.csv"))).hasSize(5);
        assertThat(Files.readAllLines(run.index()))
                .filteredOn(line -> line.startsWith("cross," + run.label() + ","))
                .hasSize(1);
        RunSummary summary = RunSummary.read(run.path()).orElseThrow();
        assertThat(RunComparison.text(List.of(summary, summary)))
                .contains("cross/" + run.label(), "paired over speakers");
        assertThat(CurvesPlot.of(List.of(summary)).toSvg()).startsWith("<svg");
        assertThat(Files.readString(run.path().resolve("fold-0/model/MODEL_CARD.md")))
                .contains("## Figures", "On the test side (3 clips by 1 speaker)", "Article 5(1)(f)");
    }

    @Test
    void missingFoldsNameTheSetting() throws IOException {
        RunFolder run = new RunFolder(folder.resolve("runs"), "cross", "none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CrossValidation(session, settings(0), run, 1, line -> {}))
                .withMessageContaining("set split.folds");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CrossValidation(session, settings(4), run, 0, line -> {}))
                .withMessageContaining("run.folds-at-once is 0");
    }

    private static RunSettings settings(int folds) {
        return settings(
                SplitSettings.defaults().withRatios(0.25, 0).withFolds(folds, 0).withSeed(1));
    }

    static RunSettings settings(SplitSettings split) {
        return settings(
                frames(TestModel.ENCODER, FeatureSettings.onTheFly()),
                split,
                new RunSettings.Model(network(8, List.of(5), List.of(4)).withDropout(0.1), TRAINING, NEW_WEIGHTS),
                Map.of());
    }
}
