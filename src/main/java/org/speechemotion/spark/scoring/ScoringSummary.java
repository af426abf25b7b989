package org.speechemotion.spark.scoring;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.speechemotion.report.Rejections;
import org.speechemotion.scoring.ScoringInput;

/**
 * The numbers of inputs of a run. They are counted from the table itself, not from the rows that the run has written.
 *
 * @param listed all inputs
 * @param scored the inputs with a result of this run
 * @param rejected the inputs that this run rejected
 * @param skipped the inputs that had a row before this run
 * @param missing the inputs without a row, which must be 0
 * @param answers the numbers of all listed inputs by answer, whichever run scored them: an emotion, {@code uncertain},
 *     {@code silence} or {@code rejected}
 */
public record ScoringSummary(
        long listed, long scored, Rejections rejected, long skipped, long missing, Map<String, Long> answers) {
    private static final String COUNT = "inputs";
    private static final String EXAMPLE = "example";
    private static final int BAR = 20;

    /**
     * Counts the inputs of a run.
     *
     * @param rows the rows of the run's model
     * @param table the same rows
     * @param run the time at which the run began, ISO-8601
     */
    static ScoringSummary of(List<ScoringInput> inputs, RowIndex rows, Dataset<Row> table, String run) {
        long scored = 0;
        long skipped = 0;
        long missing = 0;
        Map<RowIndex.Answer, Long> counts = new HashMap<>();
        InputKey.Maker keys = new InputKey.Maker();
        for (ScoringInput input : inputs) {
            InputKey key = keys.of(input.path(), input.bytes(), input.modified());
            if (rows.contains(key, any -> true)) {
                rows.forEach(key, answer -> counts.merge(answer, 1L, Long::sum));
            } else {
                missing++;
            }
        }
        Map<String, Long> answers = new TreeMap<>();
        for (Map.Entry<RowIndex.Answer, Long> entry : counts.entrySet()) {
            RowIndex.Answer answer = entry.getKey();
            answers.merge(answer.ok() ? answer.emotion() : ScoreColumns.REJECTED, entry.getValue(), Long::sum);
            if (!answer.ofThisRun()) {
                skipped += entry.getValue();
            } else if (answer.ok()) {
                scored += entry.getValue();
            }
        }
        return new ScoringSummary(inputs.size(), scored, rejected(table, run), skipped, missing, answers);
    }

    /** Counts the rejections of a run, all of whose rows are rows of its inputs. */
    private static Rejections rejected(Dataset<Row> table, String run) {
        return Rejections.of(table
                .filter(table.col(ScoreColumns.RUN).equalTo(run))
                .filter(table.col(ScoreColumns.STATUS).equalTo(ScoreColumns.REJECTED))
                .groupBy(ScoreColumns.REASON)
                .agg(
                        functions.count(functions.lit(1)).as(COUNT),
                        functions
                                .min(functions.struct(ScoreColumns.PATH, ScoreColumns.MESSAGE))
                                .as(EXAMPLE))
                .collectAsList()
                .stream()
                .map(row -> new Rejections.Group(
                        row.getAs(ScoreColumns.REASON),
                        row.<Long>getAs(COUNT),
                        row.<Row>getAs(EXAMPLE).getAs(ScoreColumns.PATH),
                        String.valueOf(row.<Row>getAs(EXAMPLE).<String>getAs(ScoreColumns.MESSAGE))))
                .toList());
    }

    public long rejections() {
        return rejected.total();
    }

    /** Returns whether every listed input has one row. */
    public boolean reconciles() {
        return missing == 0 && listed == scored + rejections() + skipped;
    }

    /** Returns a line for each answer in descending order, with its count, its share of all listed inputs and a bar. */
    public List<String> answerLines() {
        long total = answers.values().stream().mapToLong(Long::longValue).sum();
        return answers.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(answer -> String.format(
                                Locale.ROOT,
                                "  %-9s  %,9d  %5.1f %%  %s",
                                answer.getKey(),
                                answer.getValue(),
                                100.0 * answer.getValue() / total,
                                "█".repeat((int) Math.round((double) BAR * answer.getValue() / total)))
                        .stripTrailing())
                .toList();
    }

    @Override
    public String toString() {
        return listed + " listed " + (reconciles() ? "= " : "≠ ") + scored + " scored + " + rejections() + " rejected"
                + (rejected.groups().isEmpty() ? "" : " " + rejected) + " + " + skipped + " skipped"
                + (missing == 0 ? "" : "; " + missing + " have no row");
    }
}
