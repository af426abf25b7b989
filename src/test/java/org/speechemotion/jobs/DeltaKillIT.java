package org.speechemotion.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.spark.DemoClips;
import org.speechemotion.spark.SparkTest;
import org.speechemotion.spark.scoring.ScoredModel;

/** Scoring into a Delta table that is killed by SIGKILL, against one that is left in peace, and without Delta Lake. */
class DeltaKillIT extends SparkTest {
    private static final int SPEAKERS = 3;
    private static final int CLIPS = SPEAKERS * EmotionSet.EIGHT.size();

    @BeforeEach
    void record() throws IOException {
        ScoredModel.write(folder.resolve("model"));
        for (int speaker = 1; speaker <= SPEAKERS; speaker++) {
            for (Emotion emotion : EmotionSet.EIGHT) {
                write("corpus/" + DemoClips.name(speaker, emotion), DemoClips.wav(speaker, emotion));
            }
        }
    }

    @Test
    void aDriverThatIsKilledGoesOnWithTheSameCommand() throws Exception {
        String score = score("killed.delta");
        String small = score + " score.commit-files=2";
        // When the table was begun; and twice when the file of a batch was written and its transaction was not.
        killWhen(small, () -> Files.exists(table().resolve("_scores.json")));
        killWhen(small, () -> transactions() > 1 && !uncommitted().isEmpty());
        int committed = rows("killed.delta").size();
        int began = transactions();
        killWhen(small, () -> transactions() > began && !uncommitted().isEmpty());
        Map<String, Row> before = rows("killed.delta");
        assertThat(before).hasSizeBetween(committed + 1, CLIPS - 1);

        String said;
        try (CommandProcess resumed = CommandProcess.start(folder, Map.of(), score, score("peace.parquet"), score)) {
            said = resumed.finish(Job.DONE);
        }

        int skipped = before.size();
        assertThat(said)
                .contains(CLIPS + " listed, " + skipped + " of them in the table already")
                .contains(CLIPS + " listed = " + (CLIPS - skipped) + " scored + 0 rejected + " + skipped + " skipped")
                .contains(CLIPS + " listed = " + CLIPS + " scored + 0 rejected + 0 skipped")
                .contains(CLIPS + " listed = 0 scored + 0 rejected + " + CLIPS + " skipped");
        Map<String, Row> after = rows("killed.delta");
        assertThat(after).as("rows that were there stay").containsAllEntriesOf(before);
        assertThat(after).hasSize(CLIPS);
        TableRows.assertSame(rows("peace.parquet"), after);
    }

    @Test
    void withoutDeltaLakeATableOfItIsAnErrorOfOneLine() throws Exception {
        String classPath = Stream.of(DeclaredKeysIT.classPath().split(File.pathSeparator, -1))
                .filter(jar -> !Path.of(jar).getFileName().toString().startsWith("delta-"))
                .collect(Collectors.joining(File.pathSeparator));
        try (CommandProcess process = CommandProcess.start(folder, classPath, Map.of(), score("killed.delta"))) {
            assertThat(process.finish(Job.WRONG_INPUT).lines().filter(line -> line.startsWith("emotion")))
                    .singleElement()
                    .isEqualTo(
                            "emotion score: " + table() + " is a Delta table, but Delta Lake is not on the class path;"
                                    + " add spark.jars.packages=io.delta:delta-spark_2.12:"
                                    + io.delta.package$.MODULE$.VERSION()
                                    + ", or choose .parquet, .csv or .jsonl");
        }
        assertThat(table()).doesNotExist();
    }

    private void killWhen(String command, BooleanSupplier moment) throws Exception {
        try (CommandProcess process = CommandProcess.start(folder, Map.of(), command)) {
            process.killWhen(moment);
        }
    }

    private String score(String table) {
        return "score model=" + folder.resolve("model") + " input=" + folder.resolve("corpus") + " output="
                + folder.resolve(table);
    }

    private Path table() {
        return folder.resolve("killed.delta");
    }

    /** Returns the number of transactions of the table, the first of which has created it. */
    private int transactions() {
        return logs().size();
    }

    /** The data files that no transaction has added. */
    private List<Path> uncommitted() {
        List<Path> data = files(table(), ".parquet");
        String log = logs().stream().map(DeltaKillIT::text).collect(Collectors.joining());
        return data.stream()
                .filter(file -> !log.contains(file.getFileName().toString()))
                .toList();
    }

    private List<Path> logs() {
        return files(table().resolve("_delta_log"), ".json").stream()
                .filter(file -> !file.getFileName().toString().startsWith("."))
                .toList();
    }

    private static List<Path> files(Path folder, String extension) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(extension)).toList();
        } catch (IOException notYet) {
            return List.of();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Row> rows(String table) {
        return TableRows.read(session, folder.resolve(table).toString());
    }
}
