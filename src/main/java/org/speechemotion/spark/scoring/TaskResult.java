package org.speechemotion.spark.scoring;

import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.speechemotion.common.Rejection;
import org.speechemotion.common.Result;
import org.speechemotion.scoring.ScoringInput;

/** The result of a task for one input. */
sealed interface TaskResult extends Serializable {
    ScoringInput input();

    /**
     * An input with a row for the table.
     *
     * @param duration the duration of the audio, in s, or the reason of the rejection
     */
    record Finished(ScoringInput input, Row row, Result<Double> duration) implements TaskResult {}

    /** An input that was not scored, because the table may have a row of the same content. */
    record Duplicate(ScoringInput input, String content) implements TaskResult {}

    /** Returns a finished input whose row is a copy of one that the table has. */
    static Finished copyOf(Row original, ScoringInput input, Row copy) {
        Result<Double> duration = ScoreColumns.OK.equals(original.getAs(ScoreColumns.STATUS))
                ? Result.accepted(original.getAs(ScoreColumns.DURATION))
                : Result.rejected(new Rejection(
                        original.getAs(ScoreColumns.REASON),
                        String.valueOf(original.<String>getAs(ScoreColumns.MESSAGE))));
        return new Finished(input, copy, duration);
    }
}
