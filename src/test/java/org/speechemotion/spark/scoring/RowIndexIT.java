package org.speechemotion.spark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.speechemotion.audio.RejectionReason;
import org.speechemotion.common.Result;
import org.speechemotion.common.Sha256;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.random.KeyedRandom;
import org.speechemotion.scoring.ScoringInput;
import org.speechemotion.spark.SparkTest;
import org.speechemotion.spark.TestModel;
import org.speechemotion.spark.io.ManyFiles;

class RowIndexIT extends SparkTest {
    private static final ScoreColumns COLUMNS = new ScoreColumns(EmotionSet.EIGHT);
    private static final String THIS_RUN = "2026-11-02T00:00:00Z";
    private static final String OLD_RUN = "2026-11-01T00:00:00Z";

    @Test
    void everyRowIsFoundByItsInputAndNoOther() {
        KeyedRandom random = new KeyedRandom(1, "rows");
        List<Row> rows = new ArrayList<>();
        Map<String, Integer> expected = new HashMap<>();
        for (int i = 0; i < 3000; i++) {
            int number = random.nextInt(2000);
            rows.add(row(number, i % 2 == 0 ? THIS_RUN : OLD_RUN));
            expected.merge(number + (i % 2 == 0 ? " this" : " old"), 1, Integer::sum);
        }

        RowIndex index = RowIndex.of(table(rows), THIS_RUN);

        InputKey.Maker keys = new InputKey.Maker();
        Map<String, Integer> found = new HashMap<>();
        for (int number = 0; number < 2000; number++) {
            int own = number;
            index.forEach(
                    key(keys, number, 0),
                    answer -> found.merge(own + (answer.ofThisRun() ? " this" : " old"), 1, Integer::sum));
            assertThat(index.contains(key(keys, number, 1), any -> true))
                    .as("the same file, a millisecond newer")
                    .isFalse();
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void anEmptyTableHasNoRow() {
        assertThat(RowIndex.of(table(List.of()), THIS_RUN).contains(key(new InputKey.Maker(), 1, 0), any -> true))
                .isFalse();
    }

    @Test
    void theContentIndexHasEachContentAndSize() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            rows.add(row(i % 300, THIS_RUN));
        }

        ContentIndex index = ContentIndex.of(table(rows));

        for (int i = 0; i < 600; i++) {
            assertThat(index.mightContain(Sha256.of(ManyFiles.path(i)))).isEqualTo(i < 300);
            assertThat(index.mightContainSize(ManyFiles.bytes(i))).isEqualTo(i < 300);
        }
    }

    @Test
    void filesThatCannotBeOpenedHaveARowEachAndAreSkippedTheNextTime() throws Exception {
        ManyFiles.register(hadoop(), 2300, 0);
        try (ScoringRun run = new ScoringRun(
                session, TestModel.bundle(), TestModel.pipeline(hadoop()), ScoringOptions.defaults(), line -> {})) {
            String output = folder.resolve("scores.parquet").toString();

            assertThat(run.score("many://archive/recordings", output))
                    .hasToString("2300 listed = 0 scored + 2300 rejected {unreadable=2300} + 0 skipped");
            assertThat(run.score("many://archive/recordings", output))
                    .hasToString("2300 listed = 0 scored + 0 rejected + 2300 skipped");

            // Compacts a table as docs/scoring.md describes.
            String compact = folder.resolve("compact.parquet").toString();
            session.read().parquet(output).coalesce(1).write().parquet(compact);
            assertThatThrownBy(() -> run.score("many://archive/recordings", compact))
                    .hasMessageContaining("is not a table of scores");
            Files.copy(Path.of(output, ScoreTable.DESCRIPTION), Path.of(compact, ScoreTable.DESCRIPTION));
            assertThat(run.score("many://archive/recordings", compact))
                    .hasToString("2300 listed = 0 scored + 0 rejected + 2300 skipped");
        }
    }

    private static InputKey key(InputKey.Maker keys, int number, int later) {
        return keys.of(ManyFiles.path(number), ManyFiles.bytes(number), ManyFiles.modified(number) + later);
    }

    private Dataset<Row> table(List<Row> rows) {
        return session.createDataFrame(rows, COLUMNS.table()).repartition(3);
    }

    private static Row row(int number, String run) {
        ScoringInput.File input =
                new ScoringInput.File(ManyFiles.path(number), ManyFiles.bytes(number), ManyFiles.modified(number));
        Row row = new ScoreRows(COLUMNS, "model", 0)
                .row(input.path(), Result.rejected(RejectionReason.TOO_SHORT.rejection("0.05 s of audio")));
        return ScoreRows.written(row, input, Sha256.of(input.path()), new Timestamp(0), run);
    }
}
