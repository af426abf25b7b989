package org.speechemotion.spark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.encoder.Normalization;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.scoring.TableSettings;
import org.speechemotion.spark.DemoClips;
import org.speechemotion.spark.TestModel;
import org.speechemotion.spark.clips.ClipPipeline;

/** A table over several runs. */
class ScoringTableIT extends ScoringTableFixture {
    @ParameterizedTest
    @ValueSource(strings = {"scores.parquet", "scores.csv", "scores.jsonl"})
    void knownInputsAreNotReadAgain(String output) throws IOException {
        assertThat(run(output, one()))
                .usingRecursiveComparison()
                .ignoringFields("answers")
                .isEqualTo(summary(CLIPS, CLIPS, 0));
        List<Row> first = rows(output);
        write("in/new.wav", DemoClips.wav(9, Emotion.SAD));
        // A run that reads them again finds other contents.
        for (Emotion emotion : EmotionSet.EIGHT) {
            spoil(folder.resolve("in/" + emotion.id() + ".wav"));
        }

        assertThat(run(output, one()))
                .usingRecursiveComparison()
                .ignoringFields("answers")
                .isEqualTo(summary(CLIPS + 1, 1, CLIPS));
        assertThat(rows(output)).hasSize(CLIPS + 1).containsAll(first);
        assertThat(run(output, one()))
                .usingRecursiveComparison()
                .ignoringFields("answers")
                .isEqualTo(summary(CLIPS + 1, 0, CLIPS + 1));
        assertThat(console).contains("9 listed, 9 of them in the table already");
    }

    @Test
    void knownContentIsCopied() throws IOException {
        write("in/none.wav", "none".getBytes(StandardCharsets.UTF_8));
        run("scores", one());
        Files.move(folder.resolve("in/sad.wav"), folder.resolve("in/moved.wav"));
        Files.copy(folder.resolve("in/none.wav"), folder.resolve("in/none-either.wav"));
        // Scoring anything would fail, because the encoder's frames are too narrow for the model.
        EncoderSettings narrow = EncoderSettings.of(
                "log-mel",
                16_000,
                LogMelSettings.defaults()
                        .withBands(8)
                        .withNormalization(Normalization.CLIP)
                        .withFloor(0)
                        .withSpeech(0));
        ClipPipeline unfit = new ClipPipeline(TestModel.AUDIO, narrow, hadoop());
        ScoringRun run = new ScoringRun(
                session, bundle, unfit, ScoringOptions.defaults().with(SCORING).with(one()), console::add);

        assertThat(run.score(folder.resolve("in").toString(), output("scores"))).satisfies(summary -> {
            assertThat(summary.toString())
                    .isEqualTo((CLIPS + 2) + " listed = 1 scored + 1 rejected {unsupported=1} + " + CLIPS + " skipped");
            assertThat(summary.rejected().lines().get(1)).startsWith("  1 unsupported, such as file:");
        });
        Map<String, Row> rows = byName(rows("scores"));
        assertThat(result(rows.get("moved.wav"))).isEqualTo(result(rows.get("sad.wav")));
        assertThat(result(rows.get("none-either.wav"))).isEqualTo(result(rows.get("none.wav")));
        assertThat(rows.get("moved.wav").<String>getAs("run"))
                .isGreaterThan(rows.get("sad.wav").<String>getAs("run"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"scores.parquet", "scores.jsonl"})
    void embeddingsAreWrittenAndCopied(String output) throws IOException {
        ScoringRun run = new ScoringRun(
                session,
                bundle,
                TestModel.pipeline(hadoop()),
                ScoringOptions.defaults()
                        .with(ScoringSettings.defaults().withBatchSize(4).withEmbeddings(true))
                        .with(one()),
                console::add);
        run.score(folder.resolve("in").toString(), output(output));
        Files.move(folder.resolve("in/sad.wav"), folder.resolve("in/moved.wav"));
        assertThat(run.score(folder.resolve("in").toString(), output(output)))
                .usingRecursiveComparison()
                .ignoringFields("answers")
                .isEqualTo(summary(CLIPS, 1, CLIPS - 1));

        Map<String, Row> rows = byName(rows(output));
        assertThat(rows.get("moved.wav").<Float>getList(rows.get("moved.wav").fieldIndex("embedding")))
                .hasSize(32) // mean and deviation of 16 values a frame
                .isEqualTo(rows.get("sad.wav").getList(rows.get("sad.wav").fieldIndex("embedding")))
                .isNotEqualTo(rows.get("calm.wav").getList(rows.get("calm.wav").fieldIndex("embedding")));
        assertThatThrownBy(() -> run.score(folder.resolve("in").toString(), output("scores.csv")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CSV cannot hold embeddings");
    }

    @Test
    void aChangedFileIsAnotherInput() throws IOException {
        run("scores", one());
        Path changed = write("in/sad.wav", DemoClips.wav(12, Emotion.ANGRY));
        Files.setLastModifiedTime(changed, FileTime.fromMillis(1_700_000_000_000L));

        assertThat(run("scores", one()))
                .usingRecursiveComparison()
                .ignoringFields("answers")
                .isEqualTo(summary(CLIPS, 1, CLIPS - 1));
        assertThat(rows("scores").stream()
                        .filter(row -> row.<String>getAs("path").endsWith("/sad.wav"))
                        .map(row -> row.<String>getAs("content"))
                        .distinct())
                .hasSize(2);
    }

    @Test
    void anotherModelScoresAllInputsIntoTheSameTable() throws IOException {
        TableSettings byModel = TableSettings.defaults().withPartitionBy(TableSettings.Partitioning.MODEL);
        ModelBundle other = TestModel.bundle(8);
        run("scores", byModel);

        assertThat(new ScoringRun(
                                session,
                                other,
                                TestModel.pipeline(hadoop()),
                                ScoringOptions.defaults().with(SCORING).with(byModel),
                                console::add)
                        .score(folder.resolve("in").toString(), output("scores")))
                .usingRecursiveComparison()
                .ignoringFields("answers")
                .isEqualTo(summary(CLIPS, CLIPS, 0));
        assertThat(folder.resolve("scores"))
                .isDirectoryContaining("glob:**/model=" + bundle.manifest().modelId())
                .isDirectoryContaining("glob:**/model=" + other.manifest().modelId());
        assertThat(rows("scores")).hasSize(2 * CLIPS);
        assertThat(run("scores", byModel))
                .usingRecursiveComparison()
                .ignoringFields("answers")
                .isEqualTo(summary(CLIPS, 0, CLIPS));
    }

    @Test
    void filesArePartitionedByTheDateOfTheRun() throws IOException {
        LocalDate before = LocalDate.now(ZoneOffset.UTC);
        run("scores.csv", TableSettings.defaults().withPartitionBy(TableSettings.Partitioning.DATE));

        assertThat(Stream.of(before, LocalDate.now(ZoneOffset.UTC)))
                .anySatisfy(date -> assertThat(folder.resolve("scores.csv/date=" + date))
                        .isDirectoryContaining("glob:**/scores-*.csv"));
        assertThat(rows("scores.csv")).hasSize(CLIPS);
        assertThat(session.read()
                        .option("header", "true")
                        .csv(output("scores.csv"))
                        .columns())
                .contains("date", "path");
    }

    @Test
    void tablesInsideTheirInputAreSkipped() throws IOException {
        assertThat(run("in/scores.csv", one()))
                .usingRecursiveComparison()
                .ignoringFields("answers")
                .isEqualTo(summary(CLIPS, CLIPS, 0));
        assertThat(run("in/scores.csv", one()))
                .usingRecursiveComparison()
                .ignoringFields("answers")
                .isEqualTo(summary(CLIPS, 0, CLIPS));
    }
}
