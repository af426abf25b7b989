package org.speechemotion.spark.scoring;

import java.time.Duration;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;
import org.speechemotion.scoring.ScoringInput;
import org.speechemotion.scoring.ScoringProgress;

/** Says every few seconds how far a run has come. */
final class ScoringWatch implements AutoCloseable {
    private static final long MILLISECONDS_BETWEEN_LINES = 10_000;

    private final BatchScorer scorer;
    private final long inputs;
    private final long bytes;
    private final long begin = System.nanoTime();
    private final Timer clock = new Timer("scoring-watch", true);

    ScoringWatch(BatchScorer scorer, List<ScoringInput> inputs, Consumer<String> console) {
        this.scorer = scorer;
        this.inputs = inputs.size();
        this.bytes = inputs.stream().mapToLong(ScoringInput::bytes).sum();
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
        return scorer.progress(inputs, bytes, Duration.ofNanos(System.nanoTime() - begin));
    }

    @Override
    public void close() {
        clock.cancel();
    }
}
