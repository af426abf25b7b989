package org.speechemotion.spark.scoring;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.speechemotion.report.Rejections;

/**
 * The numbers of inputs of a run. They are counted from the table itself, not from what the run has written.
 *
 * @param listed all inputs
 * @param scored the inputs with a result of this run
 * @param rejected the inputs that this run rejected
 * @param skipped the inputs that had a row before this run
 * @param missing the inputs without a row, which must be 0
 */
public record ScoringSummary(long listed, long scored, Rejections rejected, long skipped, long missing) {
    private static final String OF_THIS_RUN = "of_this_run";
    private static final String COUNT = "inputs";
    private static final String EXAMPLE = "example";

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
                ScoreColumns.RUN);
        for (Row row : keys.join(rows, ScoreColumns.key(), "left")
                .groupBy(
                        functions.col(ScoreColumns.RUN).equalTo(run).as(OF_THIS_RUN),
                        functions.col(ScoreColumns.STATUS),
                        functions.col(ScoreColumns.REASON))
                .agg(
                        functions.count(functions.lit(1)).as(COUNT),
                        functions
                                .min(functions.struct(ScoreColumns.PATH, ScoreColumns.MESSAGE))
                                .as(EXAMPLE))
                .collectAsList()) {
            long count = row.<Long>getAs(COUNT);
            Boolean ofThisRun = row.getAs(OF_THIS_RUN);
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
        return new ScoringSummary(listed, scored, Rejections.of(rejected), skipped, missing);
    }

    public long rejections() {
        return rejected.total();
    }

    /** Whether every listed input has one row. */
    public boolean reconciles() {
        return missing == 0 && listed == scored + rejections() + skipped;
    }

    @Override
    public String toString() {
        return listed + " listed " + (reconciles() ? "= " : "≠ ") + scored + " scored + " + rejections() + " rejected"
                + (rejected.groups().isEmpty() ? "" : " " + rejected) + " + " + skipped + " skipped"
                + (missing == 0 ? "" : "; " + missing + " have no row");
    }
}
