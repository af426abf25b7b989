package org.speechemotion.spark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.sql.DeltaSparkSessionExtension;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.catalog.DeltaCatalog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.scoring.TableSettings;
import org.speechemotion.spark.DemoClips;
import org.speechemotion.spark.SparkTest;
import org.speechemotion.spark.TestModel;

/** A Delta table: transactions, writers that do not know of each other, time travel, and rejections that are scored again. */
class DeltaScoringIT extends SparkTest {
    private final ModelBundle bundle = TestModel.bundle();

    @BeforeEach
    void record() throws IOException {
        for (Emotion emotion : List.of(Emotion.CALM, Emotion.SAD, Emotion.ANGRY, Emotion.HAPPY)) {
            write("in/" + emotion.id() + ".wav", DemoClips.wav(1, emotion));
        }
    }

    /** Data that a killed run has written and not committed is not part of the table. */
    @Test
    void batchesAreTransactions() throws IOException {
        assertThat(run(settings(1), inputs())).hasToString("4 listed = 4 scored + 0 rejected + 0 skipped");
        assertThat(version()).as("of batches of two").isEqualTo(2);
        Path committed = files(".parquet").get(0);
        Files.copy(committed, committed.resolveSibling("part-00000-killed.snappy.parquet"));
        Path copy = Path.of(inputs().get(0).substring("file:".length()));
        Files.copy(copy, copy.resolveSibling("copy.wav"));

        assertThat(run(settings(512), inputs())).hasToString("5 listed = 1 scored + 0 rejected + 4 skipped");
        assertThat(version()).isEqualTo(3);
        assertThat(rows().stream().map(row -> row.<String>getAs("path"))).containsExactlyInAnyOrderElementsOf(inputs());
        assertThat(rows()).allSatisfy(row -> {
            assertThat(row.<String>getAs("status")).isEqualTo("ok");
            assertThat(row.getList(row.fieldIndex("timeline"))).hasSize(1);
        });
        assertThat(session.read()
                        .format("delta")
                        .option("versionAsOf", 2)
                        .load(table())
                        .count())
                .as("as it was before the second run")
                .isEqualTo(4);
    }

    @Test
    void concurrentWritersDuplicateNothing() throws Exception {
        int writers = 2;
        CyclicBarrier start = new CyclicBarrier(writers);
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        List<ScoringSummary> summaries = new ArrayList<>();
        try {
            List<Future<ScoringSummary>> runs = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                runs.add(threads.submit(() -> {
                    start.await();
                    return run(settings(1), inputs());
                }));
            }
            for (Future<ScoringSummary> run : runs) {
                summaries.add(run.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(summaries).allMatch(ScoringSummary::reconciles);
        assertThat(summaries.stream().mapToLong(ScoringSummary::scored).sum())
                .as("each input was scored by one of them")
                .isEqualTo(4);
        assertThat(rows().stream().map(row -> row.<String>getAs("path")).distinct())
                .hasSize(4)
                .hasSameSizeAs(rows());
    }

    /** Runs the lines of docs/scoring.md with the settings of scripts/spark-shell. */
    @Test
    void optimizeVacuumAndTimeTravelKeepATableOfScores() throws IOException {
        run(settings(1).withExport(List.of("webvtt")), inputs());
        List<Row> before = rows();
        List<Path> small = files(".parquet");
        SparkSession sql = withDelta();
        String table = "delta.`" + table() + "`";
        assertThat(sql.sql("DESCRIBE HISTORY " + table).count()).isEqualTo(3);

        sql.sql("OPTIMIZE " + table + " ZORDER BY (path)");
        assertThat(sql.sql("DESCRIBE DETAIL " + table).head().<Long>getAs("numFiles"))
                .isEqualTo(1);
        assertThat(rows()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(sql.sql("SELECT * FROM " + table + " VERSION AS OF 1").count())
                .as("after the first batch")
                .isEqualTo(2);

        sql.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
        sql.sql("VACUUM " + table + " RETAIN 0 HOURS");
        assertThat(files(".parquet")).hasSize(1).doesNotContainAnyElementsOf(small);
        assertThat(Path.of(table(), ScoreTable.DESCRIPTION)).exists();
        assertThat(Path.of(table(), TimelineExport.FOLDER, "webvtt")).isNotEmptyDirectory();

        write("in/more.wav", DemoClips.wav(2, Emotion.SAD));
        assertThat(run(settings(512).withExport(List.of("webvtt")), inputs()))
                .hasToString("5 listed = 1 scored + 0 rejected + 4 skipped");
        assertThat(rows()).hasSize(5).containsAll(before);
    }

    /** A session of its own, because the other tests show that scoring needs nothing of this. */
    private SparkSession withDelta() {
        SparkSession.clearActiveSession();
        SparkSession.clearDefaultSession();
        try {
            return SparkSession.builder()
                    .withExtensions(new DeltaSparkSessionExtension())
                    .config("spark.sql.catalog.spark_catalog", DeltaCatalog.class.getName())
                    .getOrCreate();
        } finally {
            SparkSession.setDefaultSession(session);
            SparkSession.setActiveSession(session);
        }
    }

    /** A decoder has learnt a format since. */
    @Test
    void rejectionsAreScoredAgainInPlace() throws IOException {
        List<String> one = inputs().subList(0, 1);
        Path file = Path.of(one.get(0).substring("file:".length()));
        byte[] content = Files.readAllBytes(file);
        FileTime modified = Files.getLastModifiedTime(file);
        Files.setLastModifiedTime(Files.write(file, new byte[content.length]), modified);
        assertThat(run(settings(512), one)).hasToString("1 listed = 0 scored + 1 rejected {unsupported=1} + 0 skipped");
        Files.setLastModifiedTime(Files.write(file, content), modified);
        TableSettings again = settings(512).withRescore(TableSettings.Rescoring.REJECTED);

        assertThat(run(again, one)).hasToString("1 listed = 1 scored + 0 rejected + 0 skipped");
        assertThat(rows()).singleElement().satisfies(row -> assertThat(row.<String>getAs("status"))
                .isEqualTo("ok"));
        assertThat(run(again, one)).hasToString("1 listed = 0 scored + 0 rejected + 1 skipped");
        assertThatThrownBy(() ->
                        open(again).score(one, folder.resolve("scores.parquet").toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("score.rescore is rejected");
    }

    @Test
    void foldersAndOtherSettingsAreRefused() throws IOException {
        List<String> one = inputs().subList(0, 1);
        assertThatThrownBy(() -> run(settings(512).withPartitionBy(TableSettings.Partitioning.DATE), one))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("score.partition-by is date");
        run(settings(512), one);
        Files.delete(Path.of(table(), ScoreTable.DESCRIPTION));
        assertThatThrownBy(() -> run(settings(512), one))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a table of scores");
    }

    private TableSettings settings(int commitFiles) {
        return TableSettings.defaults().withCommitFiles(commitFiles);
    }

    private String table() {
        return folder.resolve("scores.delta").toString();
    }

    private List<String> inputs() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("in"))) {
            return files.map(file -> "file:" + file).sorted().toList();
        }
    }

    private ScoringSummary run(TableSettings settings, List<String> inputs) throws IOException {
        try (ScoringRun run = open(settings)) {
            return run.score(inputs, table());
        }
    }

    private ScoringRun open(TableSettings settings) {
        return new ScoringRun(
                session,
                bundle,
                TestModel.pipeline(hadoop()),
                ScoringOptions.defaults().with(settings),
                line -> {});
    }

    private List<Row> rows() {
        return BatchScoring.read(session, table()).collectAsList();
    }

    private long version() {
        return DeltaTable.forPath(session, table()).history(1).head().getAs("version");
    }

    private List<Path> files(String extension) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(table()))) {
            return files.filter(file -> file.toString().endsWith(extension)).toList();
        }
    }
}
