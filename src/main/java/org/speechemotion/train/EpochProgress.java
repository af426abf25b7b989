package org.speechemotion.train;

import java.util.function.Consumer;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Prints a line for every epoch. The first epoch of a process fills caches and is slower than the others, so the remaining
 * time is printed from the second epoch on.
 */
public final class EpochProgress implements TrainingLoop.Listener {
    private final Consumer<String> console;
    private boolean first = true;

    public EpochProgress(Consumer<String> console) {
        this.console = console;
    }

    @Override
    public void epochEnded(EpochReport report, ComputationGraph network) {
        console.accept(first ? report.line() : report.line() + "  " + report.remaining());
        first = false;
    }
}
