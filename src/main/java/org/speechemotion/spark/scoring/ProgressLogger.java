package org.speechemotion.spark.scoring;

import java.time.Duration;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;
import org.speechemotion.scoring.ScoringInput;
import org.speechemotion.scoring.ScoringProgress;
import org.speechemotion.scoring.ScoringProgress.Amount;

/** Reports the progress of a run every few seconds. */
final class ProgressLogger implements AutoCloseable {
    private static final long MILLISECONDS_BETWEEN_LINES = 10_000;

    private final BatchScorer scorer;
    private final Amount inputs;
    private final long begin = System.nanoTime();
    private final Timer clock = new Timer("scoring-progress", true);

    ProgressLogger(BatchScorer scorer, List<ScoringInput> inputs, Consumer<String> console) {
        this.scorer = scorer;
        this.inputs = new Amount(
                inputs.size(), inputs.stream().mapToLong(ScoringInput::bytes).sum());
        clock.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        console.accept(progress().toString());
                    }
                },
                MILLISECONDS_BETWEEN_LINES,
                MILLISECONDS_BETWEEN_LINES);
    }

    ScoringProgress progress() {
        return scorer.progress(inputs, Duration.ofNanos(System.nanoTime() - begin));
    }

    @Override
    public void close() {
        clock.cancel();
    }
}
