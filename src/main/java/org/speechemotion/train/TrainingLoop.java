package org.speechemotion.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.metrics.Scores;
import org.speechemotion.random.KeyedRandom;
import org.speechemotion.train.Trainer.Prediction;

/** Epoch after epoch: plan, fit, validate, tell the listeners; then keeps the network that the settings say. */
public final class TrainingLoop {
    /** Told of every epoch, in order, in the loop's own thread. */
    public interface Listener {
        void epochEnded(EpochReport report, ComputationGraph network);
    }

    /** Where the parameters of the last epochs are, which a mean is taken of. */
    public interface Memory {
        /** Of an epoch that ended, counted from 1. */
        INDArray parameters(int epoch);
    }

    /**
     * What training came to.
     *
     * @param network that is kept
     * @param epochs that it is of
     * @param validation predictions of the kept network
     */
    public record Outcome(ComputationGraph network, KeptEpochs epochs, List<Prediction> validation) {
        /** The best epoch, counted from 1. */
        public Outcome(ComputationGraph network, int epoch, List<Prediction> validation) {
            this(network, KeptEpochs.best(epoch), validation);
        }

        /** The last of its epochs. */
        public int epoch() {
            return epochs.last();
        }
    }

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
    private final Memory memory;
    private final LongSupplier nanoClock;

    /**
     * Prepares a training.
     *
     * @param memory is asked after the last epoch, if the settings keep a mean; the listeners were told of its epochs
     */
    public TrainingLoop(TrainingSettings settings, List<Listener> listeners, Memory memory, LongSupplier nanoClock) {
        this.settings = settings;
        this.listeners = List.copyOf(listeners);
        this.memory = memory;
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
     * @param validation clips that choose the best epoch; where there are none, the last is the best
     * @param start where the trainer's network stands
     * @throws IllegalArgumentException where there are no training clips
     * @throws org.speechemotion.model.NonFiniteException where a loss, a gradient or a parameter is not finite
     */
    public Outcome run(Trainer trainer, List<Example> training, List<Example> validation, Start start) {
        if (training.isEmpty()) {
            throw new IllegalArgumentException("there are no training clips");
        }
        int batchSize = Math.min(settings.batchSize(), training.size());
        List<Example> trainingSample = sample(training, Math.max(validation.size(), batchSize));
        Outcome best = start.best().orElse(null);
        double bestRecall = best == null ? Double.NEGATIVE_INFINITY : recall(best.validation());
        int epoch = start.epoch();
        for (; epoch < settings.epochs() && !isStale(best, epoch); epoch++) {
            long began = nanoClock.getAsLong();
            Trainer.Pass pass = trainer.fit(EpochPlan.of(training, batchSize, epoch, settings.seed()));
            Divergence.requireFinite(epoch, pass.learningRate(), trainer.network());
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
                    pass.gradientNorm(),
                    trainingMatrix,
                    crossEntropy(predictions),
                    matrix,
                    improved,
                    training.size() / fitSeconds,
                    seconds);
            listeners.forEach(listener -> listener.epochEnded(report, trainer.network()));
        }
        return settings.keep() == Keep.BEST ? best : last(trainer, epoch, best.epoch(), validation);
    }

    /** The network of the last epoch, or the mean of as many as are kept, which the trainer has from then on. */
    private Outcome last(Trainer trainer, int last, int best, List<Example> validation) {
        int first = Math.max(1, last - settings.keptEpochs() + 1);
        if (first < last) {
            trainer.network().setParams(mean(first, last));
            // Statistics of what lies before them: the mean of those would be of no network.
            trainer.normalize();
        }
        KeptEpochs epochs = new KeptEpochs(settings.keep(), first, last, best);
        return new Outcome(trainer.network().clone(), epochs, trainer.predict(validation));
    }

    /** One after another, so that only two are in memory at once. */
    private INDArray mean(int first, int last) {
        INDArray mean = memory.parameters(first).dup();
        for (int epoch = first + 1; epoch <= last; epoch++) {
            mean.addi(memory.parameters(epoch).sub(mean).divi(epoch - first + 1));
        }
        return mean;
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
                .mapToDouble(prediction -> -Math.log(
                        Math.max(Float.MIN_NORMAL, prediction.labelled().probabilityOfLabel())))
                .average()
                .orElse(Double.NaN);
    }
}
