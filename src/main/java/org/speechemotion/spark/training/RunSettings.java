package org.speechemotion.spark.training;

import java.util.Map;
import java.util.Set;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.model.NetworkSettings;
import org.speechemotion.model.PretrainedWeights;
import org.speechemotion.spark.features.FrameSettings;
import org.speechemotion.split.SplitSettings;
import org.speechemotion.train.TrainingSettings;

/**
 * All settings of a training run.
 *
 * @param frames the computation of frames from clips
 * @param sides the split of the speakers and its checks
 * @param model the network and its training
 * @param output the contents of the run's folder
 * @param source the settings as they were given
 */
public record RunSettings(FrameSettings frames, Sides sides, Model model, Output output, Source source) {
    /**
     * The split of the speakers and its checks.
     *
     * @param split the assignment of speakers to sides
     * @param allowEqualContent whether one recording may be on two sides
     * @param allowSimilarSpeakers whether ids that differ only in case, spaces or leading zeros may be different speakers
     */
    public record Sides(SplitSettings split, boolean allowEqualContent, boolean allowSimilarSpeakers) {}

    /**
     * The network and its training.
     *
     * @param network the layers of the network
     * @param training the training
     * @param pretrained the model whose weights training starts from, if any
     */
    public record Model(NetworkSettings network, TrainingSettings training, PretrainedWeights.Settings pretrained) {
        public Model {
            // The normalised value of a single clip is 0 whatever the clip is.
            if (network.poolingNormalization() && training.batchSize() < 2) {
                throw new IllegalArgumentException("training.batch-size is " + training.batchSize()
                        + "; allowed with network.pooling-normalization: at least 2");
            }
        }
    }

    /**
     * The contents of the run's folder.
     *
     * @param embedEncoder whether the model contains a copy of the encoder's folder
     * @param keepCheckpoints the number of latest checkpoints that are kept
     * @param misclassified the number of worst errors whose files are copied, at least 0
     */
    public record Output(boolean embedEncoder, int keepCheckpoints, int misclassified) {
        public Output {
            if (misclassified < 0) {
                throw new IllegalArgumentException("run.misclassified is " + misclassified + "; allowed: at least 0");
            }
        }
    }

    /**
     * The settings as they were given.
     *
     * @param decisive the values that must not change when the run is resumed, by their keys
     * @param resolved all settings in HOCON
     * @param gitCommit the commit that the code was built from
     */
    public record Source(Map<String, String> decisive, String resolved, String gitCommit) {}

    TrainingSettings training() {
        return model.training();
    }

    /**
     * Returns the number of workers. Where it is not set, an encoder without weights is trained by one worker, which
     * learns more from the same clips than several, and any other encoder by one on each core.
     *
     * @param cores the number of cores that the run may use
     */
    int workers(int cores) {
        if (training().workers() > 0) {
            return training().workers();
        }
        return Encoders.isWeightFree(frames.encoder()) ? 1 : cores;
    }

    /** Returns whether the model is trained anew after the calibration. */
    boolean refits() {
        return switch (training().refit()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> Encoders.isWeightFree(frames.encoder());
        };
    }

    RunSettings withWorkers(int workers) {
        Model other = new Model(model.network(), training().withWorkers(workers), model.pretrained());
        return new RunSettings(frames, sides, other, output, source);
    }

    /** Returns the settings of a training on some corpora only; a single corpus is not trained against others. */
    RunSettings within(Set<String> corpora) {
        Sides other = new Sides(sides.split().within(corpora), sides.allowEqualContent(), sides.allowSimilarSpeakers());
        Model against = new Model(
                model.network(), training().with(training().adversary().within(corpora)), model.pretrained());
        return new RunSettings(frames, other, against, output, source);
    }

    RunSettings withFold(int fold) {
        Sides other = new Sides(sides.split().withFold(fold), sides.allowEqualContent(), sides.allowSimilarSpeakers());
        return new RunSettings(frames, other, model, output, source);
    }
}
