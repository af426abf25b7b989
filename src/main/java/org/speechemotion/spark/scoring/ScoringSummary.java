package org.speechemotion.spark.scoring;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.speechemotion.report.Rejections;

/**
 * What a run came to, counted from the table as it is, not from what the run believes to have written.
 *
 * @param listed inputs
 * @param scored inputs with a result of this run
 * @param rejected by this run
 * @param skipped inputs that had a row, a result or a rejection, before this run
 * @param missing inputs without a row: none, or something is broken
 */
public record ScoringSummary(long listed, long scored, Rejections rejected, long skipped, long missing) {

    /**
     * Counts.
     *
     * @param keys of the inputs
     * @param table its rows of the run's model
     */
    static ScoringSummary of(long listed, Dataset<Row> keys, Dataset<Row> table, String run) {
        long scored = 0;
        long skipped = 0;
        long missing = 0;
        List<Rejections.Group> rejected = new ArrayList<>();
        Dataset<Row> rows = table.select("path", "bytes", "modified", "status", "reason", "message", "run");
        for (Row row : keys.join(rows, ScoreColumns.key(), "left")
                .groupBy(functions.col("run").equalTo(run), functions.col("status"), functions.col("reason"))
                .agg(
                        functions.count(functions.lit(1)),
                        functions.min(functions.struct(functions.col("path"), functions.col("message"))))
                .collectAsList()) {
            long count = row.getLong(3);
            if (row.isNullAt(0)) {
                missing += count;
            } else if (!row.getBoolean(0)) {
                skipped += count;
            } else if (row.getString(1).equals(ScoreColumns.OK)) {
                scored += count;
            } else {
                Row example = row.getStruct(4);
                rejected.add(new Rejections.Group(
                        row.getString(2), count, example.getString(0), String.valueOf(example.getString(1))));
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
