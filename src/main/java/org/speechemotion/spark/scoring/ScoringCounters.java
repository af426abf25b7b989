package org.speechemotion.spark.scoring;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.speechemotion.common.Result;
import org.speechemotion.scoring.ScoringProgress;
import org.speechemotion.scoring.ScoringProgress.Amount;

/**
 * Counts what tasks have done, to show the progress of a run. A task that runs twice is counted twice, so nothing but the
 * progress may depend on these numbers.
 */
record ScoringCounters(
        LongAccumulator files, LongAccumulator bytes, LongAccumulator milliseconds, LongAccumulator rejected)
        implements Serializable {

    static ScoringCounters of(JavaSparkContext context) {
        return new ScoringCounters(
                context.sc().longAccumulator("files"),
                context.sc().longAccumulator("bytes"),
                context.sc().longAccumulator("milliseconds of audio"),
                context.sc().longAccumulator("rejected"));
    }

    /** Counts the results of a task. */
    void add(List<TaskResult> results) {
        for (TaskResult result : results) {
            bytes.add(result.input().bytes());
            if (result instanceof TaskResult.Finished finished) {
                if (finished.duration() instanceof Result.Accepted<Double> seconds) {
                    milliseconds.add(Math.round(1000 * seconds.value()));
                } else {
                    rejected.add(1);
                }
            }
        }
        files.add(results.size());
    }

    /** Returns the progress of a run with the given inputs. */
    ScoringProgress progress(Amount inputs, Duration elapsed) {
        return new ScoringProgress(
                inputs,
                new Amount(files.value(), bytes.value()),
                Duration.ofMillis(milliseconds.value()),
                rejected.value(),
                elapsed);
    }
}
