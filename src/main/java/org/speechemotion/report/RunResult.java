package org.speechemotion.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.speechemotion.train.KeptEpochs;

/**
 * What a run came to.
 *
 * @param kept the epochs that the model is of
 * @param temperature at which the model gives its probabilities
 * @param sides those that have clips: validation, then test
 */
public record RunResult(KeptEpochs kept, double temperature, List<SideResult> sides) {
    public RunResult {
        sides = List.copyOf(sides);
    }

    /** The side that stands for the run: test, and where nobody is on that side, validation. */
    public Optional<SideResult> shown() {
        return sides.isEmpty() ? Optional.empty() : Optional.of(sides.get(sides.size() - 1));
    }

    public Optional<SideResult> side(String name) {
        return sides.stream().filter(one -> one.side().equals(name)).findFirst();
    }

    /**
     * As {@code metrics.json} holds it.
     *
     * @param trained the emotions that the model was trained on
     */
    public Map<String, Object> metrics(TrainedEmotions trained) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("best_epoch", kept.best());
        metrics.put("keep", kept.keep().id());
        metrics.put("kept_epochs", List.of(kept.first(), kept.last()));
        metrics.put("trained_classes", trained.count());
        sides.forEach(side -> metrics.put(side.side(), MetricsJson.of(side)));
        return metrics;
    }
}
