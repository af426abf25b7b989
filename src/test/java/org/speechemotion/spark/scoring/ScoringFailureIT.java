package org.speechemotion.spark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.model.BundleException;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.TableSettings;
import org.speechemotion.spark.DemoClips;
import org.speechemotion.spark.TestModel;
import org.speechemotion.spark.TestTones;
import org.speechemotion.spark.io.FileTree;
import org.speechemotion.spark.io.RemoteFiles;

/** Tests tables of runs that are killed, rejected or damaged. */
class ScoringFailureIT extends ScoringTableFixture {
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
                ScoringOptions.defaults().with(SCORING).with(one()),
                console::add);

        assertThatThrownBy(() -> run.score(folder.resolve("in").toString(), output("scores")))
                .isInstanceOf(BundleException.class)
                .hasMessage(
                        "model.json has modelId " + bundle.manifest().modelId() + "; the model that it describes has "
                                + other.manifest().modelId());
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
                ScoringOptions.defaults()
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
                ScoringOptions.defaults().with(SCORING).with(one()),
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
                                    + " run stops. Committed rows stay. Rejected: 4 unsupported, such as ");
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
                                ScoringOptions.defaults()
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
                ScoringOptions.defaults().with(SCORING).with(one()),
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
}
