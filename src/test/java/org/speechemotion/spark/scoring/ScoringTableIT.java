package org.speechemotion.spark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.encoder.Normalization;
import org.speechemotion.model.BundleException;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.report.Rejections;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.TableSettings;
import org.speechemotion.spark.DemoClips;
import org.speechemotion.spark.SparkTest;
import org.speechemotion.spark.TestModel;
import org.speechemotion.spark.TestTones;
import org.speechemotion.spark.clips.ClipPipeline;
import org.speechemotion.spark.io.FileTree;
import org.speechemotion.spark.io.RemoteFiles;

/** A table over several runs. */
class ScoringTableIT extends SparkTest {
    private static final ScoringSettings SCORING = ScoringSettings.defaults().withBatchSize(4);
    private static final int CLIPS = 8;

    private final ModelBundle bundle = TestModel.bundle();
    private final List<String> console = new ArrayList<>();

    @BeforeEach
    void clips() throws IOException {
        for (Emotion emotion : EmotionSet.EIGHT) {
            write("in/" + emotion.id() + ".wav", DemoClips.wav(1 + emotion.label(), emotion));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scores.parquet", "scores.csv", "scores.jsonl"})
    void knownInputsAreNotReadAgain(String output) throws IOException {
        assertThat(run(output, one()))
                .usingRecursiveComparison()
                .ignoringFields("answers")
                .isEqualTo(summary(CLIPS, CLIPS, 0));
        List<Row> first = rows(output);
        write("in/new.wav", DemoClips.wav(9, Emotion.SAD));
        // Whoever read them now would find nothing of the kind.
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

    /** Even where all inputs would be passed over, so that no executor opens the model. */
    @Test
    void modelsWithAForgedIdAreRejected() throws IOException {
        run("scores", one());
        ModelBundle other = TestModel.bundle(2);
        String claimed = new String(other.manifestBytes(), StandardCharsets.UTF_8)
                .replace(other.manifest().modelId(), bundle.manifest().modelId());
        ModelBundle forged = ModelBundle.of(claimed.getBytes(StandardCharsets.UTF_8), other.weightBytes());
        ScoringRun run = new ScoringRun(
                session,
                forged,
                TestModel.pipeline(hadoop()),
                ScoringRun.Options.defaults().with(SCORING).with(one()),
                console::add);

        assertThatThrownBy(() -> run.score(folder.resolve("in").toString(), output("scores")))
                .isInstanceOf(BundleException.class)
                .hasMessage(
                        "model.json has modelId " + bundle.manifest().modelId() + "; the model that it describes has "
                                + other.manifest().modelId());
    }

    @Test
    void knownContentIsCopied() throws IOException {
        write("in/none.wav", "none".getBytes(StandardCharsets.UTF_8));
        run("scores", one());
        Files.move(folder.resolve("in/sad.wav"), folder.resolve("in/moved.wav"));
        Files.copy(folder.resolve("in/none.wav"), folder.resolve("in/none-either.wav"));
        // Whoever scored anything now would fail: the encoder's frames are too narrow for the model.
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
                session,
                bundle,
                unfit,
                ScoringRun.Options.defaults().with(SCORING).with(one()),
                console::add);

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
                ScoringRun.Options.defaults()
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
                                ScoringRun.Options.defaults().with(SCORING).with(byModel),
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
    void aRunKilledBetweenCommitsResumes() throws IOException {
        for (int i = 0; i < 40; i++) {
            write("in/more-%02d.wav".formatted(i), TestTones.wav(200 + 10 * i, 0.5));
        }
        run("peace", one());
        write("in/more-40/doomed.wav", DemoClips.wav(3, Emotion.HAPPY));
        RemoteFiles.DOOM.set(true);
        ScoringRun doomed = new ScoringRun(
                session,
                bundle,
                TestModel.pipeline(remote()),
                ScoringRun.Options.defaults()
                        .with(SCORING)
                        .with(TableSettings.defaults().withCommitFiles(2)),
                console::add);
        session.sparkContext().setLogLevel("OFF"); // Spark would print the death at length
        assertThatThrownBy(() -> doomed.score("remote:" + folder.resolve("in"), output("scores")))
                .isInstanceOf(IOException.class);
        session.sparkContext().setLogLevel("WARN");
        RemoteFiles.DOOM.set(false);
        List<Row> committed = rows("scores");
        assertThat(committed.size()).isBetween(1, CLIPS + 40);

        Files.createDirectories(folder.resolve("scores/.attempts/dead"));
        Files.write(folder.resolve("scores/.attempts/dead/part-0.parquet"), new byte[] {1});
        ScoringRun again = new ScoringRun(
                session,
                bundle,
                TestModel.pipeline(remote()),
                ScoringRun.Options.defaults().with(SCORING).with(one()),
                console::add);
        assertThat(again.score("remote:" + folder.resolve("in"), output("scores")))
                .usingRecursiveComparison()
                .ignoringFields("answers")
                .isEqualTo(summary(CLIPS + 41, CLIPS + 41 - committed.size(), committed.size()));
        assertThat(rows("scores")).hasSize(CLIPS + 41).containsAll(committed);
        Map<String, Row> peace = byName(rows("peace"));
        Map<String, Row> rows = byName(rows("scores"));
        peace.forEach((name, row) -> assertThat(rows.get(name).<Float>getAs("confidence"))
                .as(name)
                .isCloseTo(row.<Float>getAs("confidence"), within(1e-5f)));
        assertThat(names("scores")).allMatch(name -> name.matches("_scores\\.json|scores-[0-9a-f]{24}\\.parquet"));
    }

    @ParameterizedTest
    @CsvSource({"0.2, false", "0.4, true"})
    void tooManyRejectionsStopARun(double share, boolean goesOn) throws IOException {
        for (int i = 0; i < 4; i++) {
            write("in/bad-" + i + ".wav", new byte[] {1, 2, 3, (byte) i});
        }
        TableSettings settings = TableSettings.defaults().withMaxRejectedShare(share);
        if (goesOn) {
            assertThat(run("scores", settings).rejections()).isEqualTo(4);
        } else {
            assertThatThrownBy(() -> run("scores", settings))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(
                            "4 of the first 12 files (33.3 %) were rejected, and score.max-rejected-share is 0.2: the"
                                    + " run stops. What is committed stays. Rejected: 4 unsupported, such as ");
        }
        assertThat(rows("scores")).hasSize(CLIPS + 4);
    }

    @Test
    void tablesWithOtherSettingsAreRejected() throws IOException {
        run("scores", one());

        assertThatThrownBy(() -> new ScoringRun(
                                session,
                                bundle,
                                TestModel.pipeline(hadoop()),
                                ScoringRun.Options.defaults()
                                        .with(ScoringSettings.defaults()
                                                .withBatchSize(4)
                                                .withAbstainBelow(0.5))
                                        .with(one()),
                                console::add)
                        .score(folder.resolve("in").toString(), output("scores")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("score.abstain-below is 0.0 there and 0.5 here");
        Path description = folder.resolve("scores/_scores.json");
        Files.writeString(description, Files.readString(description).replace(": 3,", ": 2,"));
        assertThatThrownBy(() -> run("scores", one()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("schemaVersion is 2: this version writes 3");
    }

    @Test
    void aSecondWriterIsRefused() throws IOException {
        run("scores", one());
        try (ScoreTable writing = ScoreTable.open(
                session,
                output("scores"),
                ScoreTableDescription.of(TestModel.AUDIO, RecordingSettings.defaults(), SCORING, one()),
                "first",
                console::add)) {
            assertThatThrownBy(() -> run("scores", one()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is being written to by the run first");
            Files.delete(folder.resolve("scores/_writer"));
            assertThatThrownBy(() -> writing.commit("x", "", rows("scores")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another run has taken over");
        }
        assertThat(rows("scores")).hasSize(CLIPS);
        assertThat(run("scores", one()))
                .usingRecursiveComparison()
                .ignoringFields("answers")
                .isEqualTo(summary(CLIPS, 0, CLIPS));
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

    @Test
    void aLostOrDoubledRowDoesNotReconcile() throws IOException {
        TableSettings small = TableSettings.defaults().withCommitFiles(2);
        run("scores", small);
        List<Path> files;
        try (Stream<Path> all = Files.list(folder.resolve("scores"))) {
            files = all.filter(file -> file.getFileName().toString().matches("scores-.*parquet"))
                    .toList();
        }
        assertThat(files).hasSize(2);
        Files.copy(files.get(0), folder.resolve("scores/scores-again.parquet"));

        ScoringSummary doubled = run("scores", small);
        assertThat(doubled.reconciles()).isFalse();
        assertThat(doubled).hasToString("8 listed ≠ 0 scored + 0 rejected + 12 skipped");
    }

    @ParameterizedTest
    @CsvSource({
        "scores.parquet, 0",
        "scores.parquet, 100",
        "scores.parquet, -20",
        "scores.csv, 0",
        "scores.csv, -20",
        "scores.jsonl, 0",
        "scores.jsonl, -20"
    })
    void damagedFilesAreSetAsideAndTheirInputsScoredAgain(String output, int length) throws IOException {
        TableSettings small = TableSettings.defaults().withCommitFiles(2);
        run(output, small);
        List<Path> parts = parts(output);
        assertThat(parts).hasSize(2);
        List<Row> whole = rows(output);
        Path damaged = parts.get(0);
        byte[] content = Files.readAllBytes(damaged);
        Files.write(damaged, Arrays.copyOf(content, length < 0 ? content.length + length : length));
        session.sparkContext().setLogLevel("OFF"); // Spark would print the failure at length

        ScoringSummary mended = run(output, small);

        session.sparkContext().setLogLevel("WARN");
        assertThat(mended)
                .usingRecursiveComparison()
                .ignoringFields("answers")
                .isEqualTo(summary(CLIPS, CLIPS / 2, CLIPS / 2));
        assertThat(console).anySatisfy(line -> assertThat(line)
                .startsWith("the table's file file:" + damaged + " is damaged (")
                .endsWith("): it is now .damaged-" + damaged.getFileName() + ", and its inputs are scored again"));
        assertThat(parts(output)).containsExactlyElementsOf(parts);
        assertThat(rows(output)).hasSize(CLIPS);
        assertThat(byName(rows(output)).keySet()).isEqualTo(byName(whole).keySet());
        assertThat(run(output, small))
                .usingRecursiveComparison()
                .ignoringFields("answers")
                .isEqualTo(summary(CLIPS, 0, CLIPS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"scores.parquet", "scores.csv", "scores.jsonl"})
    void timesOutOfRangeAndUnlistableFoldersAreRows(String output) throws IOException {
        String cause = "the folder could not be listed: /x: permission denied";
        List<FileTree.Entry> files = List.of(
                new FileTree.Entry(file("angry"), false, 1, -2_240_524_800_000L),
                new FileTree.Entry(file("calm"), false, 1, Long.MIN_VALUE),
                new FileTree.Entry(file("happy"), false, 1, Long.MAX_VALUE),
                new FileTree.Entry("file:/x", true, 0, 0, cause));
        ScoringRun run = new ScoringRun(
                session,
                bundle,
                TestModel.pipeline(hadoop()),
                ScoringRun.Options.defaults().with(SCORING).with(one()),
                console::add);
        for (int i = 0; i < 2; i++) {
            try (ScoreTable table = run.open(output(output))) {
                ScoringSummary summary = run.into(table, files, run::rejectionLimit, console::add);
                assertThat(summary.toString())
                        .startsWith(
                                i == 0
                                        ? "4 listed = 3 scored + 1 rejected {unreadable=1} + 0 skipped"
                                        : "4 listed = 0 scored + 0 rejected");
                assertThat(summary.skipped()).isEqualTo(4L * i);
            }
        }
        assertThat(rows(output).stream().filter(row -> row.getAs("status").equals("rejected")))
                .singleElement()
                .satisfies(row -> assertThat(row.<String>getAs("message")).isEqualTo(cause));
    }

    private String file(String emotion) {
        return "file:" + folder.resolve("in/" + emotion + ".wav");
    }

    private List<Path> parts(String output) throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve(output))) {
            return all.filter(file -> file.getFileName().toString().startsWith("scores-"))
                    .sorted()
                    .toList();
        }
    }

    private static TableSettings one() {
        return TableSettings.defaults();
    }

    private ScoringSummary run(String output, TableSettings settings) throws IOException {
        return new ScoringRun(
                        session,
                        bundle,
                        TestModel.pipeline(hadoop()),
                        ScoringRun.Options.defaults().with(SCORING).with(settings),
                        console::add)
                .score(folder.resolve("in").toString(), output(output));
    }

    private static ScoringSummary summary(long listed, long scored, long skipped) {
        return new ScoringSummary(listed, scored, Rejections.NONE, skipped, 0, Map.of());
    }

    private String output(String name) {
        return folder.resolve(name).toString();
    }

    private List<Row> rows(String output) {
        return BatchScoring.read(session, output(output)).collectAsList();
    }

    private Set<String> names(String output) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(output))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".crc"))
                    .collect(Collectors.toSet());
        }
    }

    private static Map<String, Row> byName(List<Row> rows) {
        return rows.stream()
                .collect(Collectors.toMap(
                        row -> row.<String>getAs("path").replaceFirst(".*/", ""),
                        row -> row,
                        (a, b) -> b,
                        TreeMap::new));
    }

    /** A row without its path and without where it comes from. */
    private static List<Object> result(Row row) {
        List<Object> values = new ArrayList<>();
        for (int i = 1; i <= row.fieldIndex("content"); i++) {
            values.add(row.get(i));
        }
        return values;
    }

    /** Another content, of the same size and time. */
    private static void spoil(Path file) throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        Path other = file.resolveSibling("other");
        Files.write(other, new byte[(int) Files.size(file)]);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(file, time);
    }

    private Configuration remote() {
        Configuration remote = hadoop();
        remote.set("fs.remote.impl", RemoteFiles.class.getName());
        return remote;
    }
}
