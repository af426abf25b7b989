package org.speechemotion.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.speechemotion.keyed.KeyedRandom;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.metrics.Scores;
import org.speechemotion.train.Trainer.Prediction;

/** Epoch after epoch: plan, fit, validate, tell the listeners; keeps the network of the best validation UAR. */
public final class TrainingLoop {
    /** Told of every epoch, in order, in the loop's own thread. */
    public interface Listener {
        void epochEnded(EpochReport report, ComputationGraph network);
    }

    /**
     * What training came to.
     *
     * @param network of the best epoch
     * @param epoch counted from 1
     * @param validation predictions of the best epoch
     */
    public record Outcome(ComputationGraph network, int epoch, List<Prediction> validation) {}

    /**
     * Where a training stands when it begins.
     *
     * @param epoch that ended last, counted from 1; 0 for none
     * @param best the best so far
     */
    public record Start(int epoch, Optional<Outcome> best) {
        /** Before the first epoch. */
        public static Start atTheBeginning() {
            return new Start(0, Optional.empty());
        }
    }

    private final TrainingSettings settings;
    private final List<Listener> listeners;
    private final LongSupplier nanoClock;

    public TrainingLoop(TrainingSettings settings, List<Listener> listeners, LongSupplier nanoClock) {
        this.settings = settings;
        this.listeners = List.copyOf(listeners);
        this.nanoClock = nanoClock;
    }

    /** Trains and validates from the beginning. */
    public Outcome run(Trainer trainer, List<Example> training, List<Example> validation) {
        return run(trainer, training, validation, Start.atTheBeginning());
    }

    /**
     * Trains and validates, epoch after epoch.
     *
     * @param training clips to learn from
     * @param validation clips that choose the best epoch; where there are none, the last epoch is kept
     * @param start where the trainer's network stands
     * @throws IllegalArgumentException where there are no training clips
     */
    public Outcome run(Trainer trainer, List<Example> training, List<Example> validation, Start start) {
        if (training.isEmpty()) {
            throw new IllegalArgumentException("there are no training clips");
        }
        int batchSize = Math.min(settings.batchSize(), training.size());
        List<Example> trainingSample = sample(training, Math.max(validation.size(), batchSize));
        Outcome best = start.best().orElse(null);
        double bestRecall = best == null ? Double.NEGATIVE_INFINITY : recall(best.validation());
        for (int epoch = start.epoch(); epoch < settings.epochs() && !isStale(best, epoch); epoch++) {
            long began = nanoClock.getAsLong();
            Trainer.Pass pass = trainer.fit(EpochPlan.of(training, batchSize, epoch, settings.seed()));
            double fitSeconds = (nanoClock.getAsLong() - began) / 1e9;
            List<Prediction> predictions = trainer.predict(validation);
            ConfusionMatrix matrix = Trainer.confusion(predictions);
            double recall = recall(predictions);
            boolean improved = validation.isEmpty() || recall > bestRecall;
            if (improved) {
                bestRecall = recall;
                best = new Outcome(trainer.network().clone(), epoch + 1, predictions);
            }
            ConfusionMatrix trainingMatrix = Trainer.confusion(trainer.predict(trainingSample));
            double seconds = (nanoClock.getAsLong() - began) / 1e9;
            EpochReport report = new EpochReport(
                    epoch + 1,
                    settings.epochs(),
                    pass.learningRate(),
                    pass.loss(),
                    trainingMatrix,
                    crossEntropy(predictions),
                    matrix,
                    improved,
                    training.size() / fitSeconds,
                    seconds);
            listeners.forEach(listener -> listener.epochEnded(report, trainer.network()));
        }
        return best;
    }

    private static double recall(List<Prediction> predictions) {
        return Scores.of(Trainer.confusion(predictions)).unweightedAverageRecall();
    }

    /** Whether the best epoch is too long ago. */
    private boolean isStale(Outcome best, int done) {
        return best != null && settings.patienceEpochs() > 0 && done - best.epoch() >= settings.patienceEpochs();
    }

    /** As many of the training clips as there are validation clips: enough to see overfitting, at little cost. */
    private List<Example> sample(List<Example> training, int size) {
        List<Example> shuffled = new ArrayList<>(training);
        new KeyedRandom(settings.seed(), "training-sample").shuffle(shuffled);
        return shuffled.subList(0, Math.min(size, shuffled.size()));
    }

    private static double crossEntropy(List<Prediction> predictions) {
        return predictions.stream()
                .mapToDouble(prediction -> -Math.log(Math.max(
                        Float.MIN_NORMAL,
                        prediction.probabilities()[prediction.example().label()])))
                .average()
                .orElse(Double.NaN);
    }
}
