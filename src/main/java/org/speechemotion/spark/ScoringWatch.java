package org.speechemotion.spark;

import java.time.Duration;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;

/** Says every few seconds how far a run has come. */
final class ScoringWatch implements AutoCloseable {
    private static final long MILLISECONDS_BETWEEN_LINES = 10_000;

    private final BatchScorer scorer;
    private final long inputs;
    private final long bytes;
    private final Consumer<String> console;
    private final long begin = System.nanoTime();
    private final Timer clock = new Timer("scoring-watch", true);

    ScoringWatch(BatchScorer scorer, List<ScoringInput> inputs, Consumer<String> console) {
        this.scorer = scorer;
        this.inputs = inputs.size();
        this.bytes = inputs.stream().mapToLong(ScoringInput::bytes).sum();
        this.console = console;
        clock.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        report();
                    }
                },
                MILLISECONDS_BETWEEN_LINES,
                MILLISECONDS_BETWEEN_LINES);
    }

    void report() {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
        console.accept(scorer.progress(inputs, bytes, elapsed).toString());
    }

    @Override
    public void close() {
        clock.cancel();
    }
}
