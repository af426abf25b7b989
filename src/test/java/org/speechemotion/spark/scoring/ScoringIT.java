package org.speechemotion.spark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.audio.RejectionReason;
import org.speechemotion.audio.WavWriter;
import org.speechemotion.audio.Waveform;
import org.speechemotion.common.Result;
import org.speechemotion.common.Sha256;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.scoring.ClipBatches;
import org.speechemotion.scoring.ClipScore;
import org.speechemotion.scoring.ClipScorer;
import org.speechemotion.scoring.LocalAudio;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.ScoringInput;
import org.speechemotion.scoring.SpeedViews;
import org.speechemotion.scoring.TableSettings;
import org.speechemotion.spark.DemoClips;
import org.speechemotion.spark.SparkTest;
import org.speechemotion.spark.TestModel;
import org.speechemotion.spark.io.ListedPaths;
import org.speechemotion.spark.io.RemoteFiles;
import org.speechemotion.spark.scoring.ScoreColumns.Part;

class ScoringIT extends SparkTest {
    private final ModelBundle bundle = TestModel.bundle();

    @Test
    void resultsDoNotDependOnBatches() throws IOException {
        List<String> paths = writeClips();
        Map<String, float[]> alone = scoreAlone(paths);

        assertThat(alone.values().stream().mapToDouble(probabilities -> probabilities[0]))
                .as("clips are told apart")
                .doesNotHaveDuplicates();
        for (int batchSize : new int[] {1, 4, 16}) {
            assertSame(score(paths, settings(batchSize)), alone);
        }
    }

    @Test
    void viewsAreScoredInTablesAsAlone() throws IOException {
        List<String> paths = writeClips();
        ScoringSettings three = ScoringSettings.defaults().withBatchSize(4).withViews(3);
        Map<String, float[]> alone = scoreAlone(paths, three.speeds());
        String clip = paths.get(0);
        assertThat(alone.get(clip)).isNotEqualTo(scoreAlone(List.of(clip)).get(clip));
        String output = folder.resolve("views.parquet").toString();
        run(paths, three, output);
        assertSame(BatchScoring.read(session, output).collectAsList(), alone);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(paths, settings(4), output))
                .withMessageContaining("score.views is 3 there and 1 here");
    }

    @Test
    void everyFormatIsReadBack() throws IOException {
        List<String> paths = writeClips();
        Map<String, float[]> alone = scoreAlone(paths);
        for (String output :
                List.of("a.parquet", "no-extension", "a.csv", "a.json", "a.JSONL", "a [1] {b,c}*\\?.csv")) {
            String target = folder.resolve("out").resolve(output).toString();
            ScoringSummary summary = run(paths, settings(4), target);
            Dataset<Row> read = BatchScoring.read(session, target);
            boolean csv = output.endsWith(".csv");

            assertThat(summary.reconciles()).as(summary.toString()).isTrue();
            assertThat(read.schema()).as(output).isEqualTo(columns(csv).table().asNullable());
            assertThat(read.collectAsList())
                    .as(output)
                    .extracting(row -> row.<String>getAs("path"))
                    .containsExactlyInAnyOrderElementsOf(paths);
            assertSame(read.collectAsList(), alone);
            for (Row row : read.collectAsList()) {
                Path file = Path.of(row.<String>getAs("path").substring("file:".length()));
                assertThat(row.<String>getAs("content")).isEqualTo(Sha256.of(file));
                assertThat(row.<Long>getAs("bytes")).isEqualTo(Files.size(file));
                assertThat(row.<Timestamp>getAs("modified").getTime())
                        .isEqualTo(Files.getLastModifiedTime(file).toMillis());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"odd.parquet", "odd.csv", "odd.json"})
    void textSurvivesEveryFormat(String output) throws IOException {
        List<String> texts = List.of(
                "a \"quoted\", 'message'",
                "\"",
                "\"\"",
                ",",
                "two\nlines",
                "three\r\nlines\rof \"text\",\n",
                "back\\slash\\\"",
                " blanks around\t",
                "# no comment",
                "null",
                "é 声 𝄞");
        ScoringSettings settings = ScoringSettings.defaults().withBatchSize(1);
        ScoreColumns columns = columns(output.endsWith(".csv"));
        List<Row> rows = texts.stream()
                .map(text -> ScoreRows.written(
                        new ScoreRows(columns, "model", 0)
                                .row("file:/" + text, Result.rejected(RejectionReason.UNREADABLE.rejection(text))),
                        new ScoringInput.File("file:/" + text, 1, 1_700_000_000_123L),
                        null,
                        new Timestamp(1_700_000_000_456L),
                        "run"))
                .toList();
        String target = folder.resolve(output).toString();
        try (ScoreTable table = ScoreTable.open(
                session,
                target,
                ScoreTableDescription.of(
                        TestModel.AUDIO, RecordingSettings.defaults(), settings, TableSettings.defaults()),
                "run",
                line -> {})) {
            table.commit("one", "", rows);
        }

        assertThat(sorted(BatchScoring.read(session, target)))
                .isEqualTo(sorted(session.createDataFrame(rows, columns.table())));
    }

    @Test
    void existingFilesAreKept() throws IOException {
        List<String> paths = writeClips();
        Path output = write("out.csv", "mine".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> BatchScoring.run(
                        session,
                        paths,
                        bundle,
                        TestModel.pipeline(hadoop()),
                        ScoringSettings.defaults().withBatchSize(4),
                        output.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("already exists and is not a table of scores");
        assertThat(output).hasContent("mine");
    }

    @Test
    void failedTasksDuplicateNoRow() throws IOException {
        writeClips();
        write("clips/fatal.wav", DemoClips.wav(1, Emotion.ANGRY));
        write("clips/last.wav", DemoClips.wav(2, Emotion.ANGRY));
        Configuration remote = new Configuration(hadoop());
        remote.set("fs.remote.impl", RemoteFiles.class.getName());
        List<String> paths = ListedPaths.of("remote:" + folder.resolve("clips"), remote);
        Path output = folder.resolve("scores.csv");

        session.sparkContext().setLogLevel("OFF"); // Spark would print the death at length
        ScoringSummary summary = BatchScoring.run(
                session,
                paths,
                bundle,
                TestModel.pipeline(remote),
                ScoringSettings.defaults().withBatchSize(1),
                output.toString());
        session.sparkContext().setLogLevel("WARN");

        assertThat(RemoteFiles.wasFatal("remote:" + folder.resolve("clips/fatal.wav")))
                .isTrue();
        assertThat(summary.reconciles()).as(summary.toString()).isTrue();
        assertThat(BatchScoring.read(session, output.toString()).collectAsList())
                .extracting(row -> row.<String>getAs("path"))
                .containsExactlyInAnyOrderElementsOf(paths);
        assertThat(summary.scored()).isEqualTo(paths.size() - 1);
    }

    @Test
    void theThresholdChangesOnlyTheEmotion() throws IOException {
        List<String> paths = writeClips();
        List<Row> plain = score(paths, settings(4));
        List<Row> abstaining = score(paths, settings(4).withAbstainBelow(1));

        assertThat(abstaining).hasSameSizeAs(plain);
        for (int i = 0; i < plain.size(); i++) {
            Row row = abstaining.get(i);
            boolean scored = "ok".equals(row.getAs("status"));
            assertThat(row.<String>getAs("emotion")).isEqualTo(scored ? "uncertain" : null);
            assertThat(row.<Float>getAs("confidence")).isEqualTo(plain.get(i).<Float>getAs("confidence"));
            assertThat(row.<Float>getAs("probability_sad"))
                    .isEqualTo(plain.get(i).<Float>getAs("probability_sad"));
        }
    }

    @Test
    void oneFileAndNoFileAreScoredToo() throws IOException {
        List<String> paths = writeClips();

        assertThat(score(paths.subList(0, 1), settings(16))).hasSize(1);
        assertThat(run(List.of(), settings(16), folder.resolve("none").toString()))
                .hasToString("0 listed = 0 scored + 0 rejected + 0 skipped");
    }

    /** Clips of several lengths, and one that is rejected. */
    private List<String> writeClips() throws IOException {
        for (Emotion emotion : EmotionSet.EIGHT) {
            write("clips/" + emotion.id() + ".wav", DemoClips.wav(1 + emotion.label(), emotion));
        }
        float[] samples = DemoClips.samples(1, Emotion.SAD);
        write("clips/short.wav", WavWriter.write(new Waveform(Arrays.copyOf(samples, 1700), 16_000)));
        write("clips/long, \"quoted\".wav", WavWriter.write(new Waveform(Arrays.copyOf(samples, 80_000), 16_000)));
        write("clips/none.wav", "none".getBytes(StandardCharsets.UTF_8));
        return ListedPaths.of(folder.resolve("clips").toString(), hadoop());
    }

    private static ScoringSettings settings(int batchSize) {
        return ScoringSettings.defaults().withBatchSize(batchSize);
    }

    /** Scores into a new table; returns its rows in the order of the paths. */
    private List<Row> score(List<String> paths, ScoringSettings settings) throws IOException {
        String output =
                Files.createTempDirectory(folder, "scores").resolve("scores").toString();
        run(paths, settings, output);
        return BatchScoring.read(session, output).orderBy("path").collectAsList();
    }

    /** Scores as {@code infer} does. */
    private Map<String, float[]> scoreAlone(List<String> paths) {
        return scoreAlone(paths, SpeedViews.NONE);
    }

    private Map<String, float[]> scoreAlone(List<String> paths, SpeedViews views) {
        Map<String, float[]> alone = new HashMap<>();
        ClipReader reader = new ClipReader(new LocalAudio(), new AudioDecoder(TestModel.AUDIO));
        try (Encoder encoder = Encoders.open(TestModel.ENCODER)) {
            ClipScorer scorer = new ClipScorer(reader, ClipBatches.predicting(encoder, bundle.open(), 1, false, views));
            for (String path : paths) {
                String local = path.substring("file:".length());
                if (scorer.score(List.of(local).iterator()).next() instanceof Result.Accepted<ClipScore> score) {
                    alone.put(path, score.value().probabilities().values());
                }
            }
        }
        return alone;
    }

    private static void assertSame(List<Row> rows, Map<String, float[]> alone) {
        Map<String, float[]> found = new HashMap<>();
        for (Row row : rows) {
            if (row.getAs("status").equals("ok")) {
                float[] probabilities = new float[EmotionSet.EIGHT.size()];
                for (Emotion emotion : EmotionSet.EIGHT) {
                    probabilities[emotion.label()] = row.getAs("probability_" + emotion.id());
                }
                found.put(row.getAs("path"), probabilities);
            }
        }
        assertThat(found).containsOnlyKeys(alone.keySet());
        alone.forEach((path, probabilities) ->
                assertThat(found.get(path)).as(path).containsExactly(probabilities, within(1e-5f)));
    }

    private ScoringSummary run(List<String> paths, ScoringSettings settings, String output) throws IOException {
        return BatchScoring.run(session, paths, bundle, TestModel.pipeline(hadoop()), settings, output);
    }

    private static ScoreColumns columns(boolean csv) {
        return new ScoreColumns(EmotionSet.EIGHT).with(Part.CHANNELS, !csv).with(Part.TIMELINE, !csv);
    }

    private static List<Row> sorted(Dataset<Row> table) {
        List<Row> rows = new ArrayList<>(table.collectAsList());
        rows.sort(Comparator.comparing(row -> row.getString(0)));
        return rows;
    }
}
