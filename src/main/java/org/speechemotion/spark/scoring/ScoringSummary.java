package org.speechemotion.spark.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.speechemotion.report.Rejections;

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
    private static final String OF_THIS_RUN = "of_this_run";
    private static final String COUNT = "inputs";
    private static final String EXAMPLE = "example";
    private static final int BAR = 20;

    /**
     * Counts the inputs of a run.
     *
     * @param keys of the inputs; see {@link ScoreColumns#key}
     * @param table the rows of the run's model
     * @param run the time at which the run began, ISO-8601
     */
    static ScoringSummary of(long listed, Dataset<Row> keys, Dataset<Row> table, String run) {
        long scored = 0;
        long skipped = 0;
        long missing = 0;
        List<Rejections.Group> rejected = new ArrayList<>();
        Dataset<Row> rows = table.select(
                ScoreColumns.PATH,
                ScoreColumns.BYTES,
                ScoreColumns.MODIFIED,
                ScoreColumns.STATUS,
                ScoreColumns.REASON,
                ScoreColumns.MESSAGE,
                ScoreColumns.EMOTION,
                ScoreColumns.RUN);
        Map<String, Long> answers = new TreeMap<>();
        for (Row row : keys.join(rows, ScoreColumns.key(), "left")
                .groupBy(
                        functions.col(ScoreColumns.RUN).equalTo(run).as(OF_THIS_RUN),
                        functions.col(ScoreColumns.STATUS),
                        functions.col(ScoreColumns.REASON),
                        functions.col(ScoreColumns.EMOTION))
                .agg(
                        functions.count(functions.lit(1)).as(COUNT),
                        functions
                                .min(functions.struct(ScoreColumns.PATH, ScoreColumns.MESSAGE))
                                .as(EXAMPLE))
                .collectAsList()) {
            long count = row.<Long>getAs(COUNT);
            Boolean ofThisRun = row.getAs(OF_THIS_RUN);
            if (ofThisRun != null) {
                boolean ok = row.getAs(ScoreColumns.STATUS).equals(ScoreColumns.OK);
                answers.merge(ok ? row.getAs(ScoreColumns.EMOTION) : ScoreColumns.REJECTED, count, Long::sum);
            }
            if (ofThisRun == null) {
                missing += count;
            } else if (!ofThisRun) {
                skipped += count;
            } else if (row.getAs(ScoreColumns.STATUS).equals(ScoreColumns.OK)) {
                scored += count;
            } else {
                Row example = row.getAs(EXAMPLE);
                rejected.add(new Rejections.Group(
                        row.getAs(ScoreColumns.REASON),
                        count,
                        example.getAs(ScoreColumns.PATH),
                        String.valueOf(example.<String>getAs(ScoreColumns.MESSAGE))));
            }
        }
        return new ScoringSummary(listed, scored, Rejections.of(rejected), skipped, missing, answers);
    }

    public long rejections() {
        return rejected.total();
    }

    /** Whether every listed input has one row. */
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
