package org.speechemotion.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.speechemotion.model.BundleManifest;
import org.speechemotion.train.KeptEpochs;

/**
 * The result of a run.
 *
 * @param kept the epochs of the model
 * @param temperature the temperature of the model's probabilities
 * @param sides the results of the sides with clips: validation, then test
 */
public record RunResult(KeptEpochs kept, double temperature, List<SideResult> sides) {
    public RunResult {
        sides = List.copyOf(sides);
    }

    /** Returns the side that represents the run: the test side or, if it has no clips, the validation side. */
    public Optional<SideResult> shown() {
        return sides.isEmpty() ? Optional.empty() : Optional.of(sides.get(sides.size() - 1));
    }

    public Optional<SideResult> side(String name) {
        return sides.stream().filter(one -> one.side().equals(name)).findFirst();
    }

    /**
     * Returns the content of {@code metrics.json}.
     *
     * @param trained the emotions that the model was trained on
     */
    public Map<String, Object> metrics(TrainedEmotions trained) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("best_epoch", kept.best());
        metrics.put("keep", kept.keep().id());
        metrics.put("kept_epochs", List.of(kept.first(), kept.last()));
        metrics.put(BundleManifest.REFIT_EPOCHS, kept.refit());
        metrics.put("trained_classes", trained.count());
        metrics.put(BundleManifest.TRAINED_EMOTIONS, trained.ids());
        sides.forEach(side -> metrics.put(side.side(), MetricsJson.of(side)));
        return metrics;
    }
}
