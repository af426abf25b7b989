package org.speechemotion.train;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * The settings of the cross-entropy loss.
 *
 * @param labelSmoothing the share of every label that is spread evenly over all emotions (Szegedy et al., arXiv
 *     1512.00567); 0 to below 1
 * @param classWeights the weights of the emotions in the loss
 * @param softLabels whether the target is the distribution of the raters' votes, if there are any, instead of the label
 * @param prior the frequencies of the emotions that the probabilities of the model assume
 */
public record LossSettings(double labelSmoothing, ClassWeights classWeights, boolean softLabels, Prior prior)
        implements Serializable {
    private static final double NEGLIGIBLE_BIAS = 1e-9;

    /** The weights of the emotions in the loss. */
    public enum ClassWeights {
        /** Every clip has the same weight. */
        NONE,
        /**
         * Every emotion has the same total weight: a clip's weight is inversely proportional to the number of clips of
         * its emotion.
         */
        BALANCED
    }

    /** The frequencies of the emotions that the probabilities of the model assume. */
    public enum Prior {
        /** All emotions are equally likely, as the unweighted average recall presumes. */
        UNIFORM,
        /** The emotions are as likely as in training. */
        TRAINING
    }

    public LossSettings {
        Require.share("label-smoothing", labelSmoothing);
    }

    /** Returns the targets of the network for examples. */
    public Targets targets() {
        return new Targets(softLabels, labelSmoothing);
    }

    /**
     * Computes the weights of the emotions in label order, with a mean of 1 over the clips and 0 for an emotion without
     * clips; empty if all weights are equal or there are no clips. With soft labels, the number of clips of an emotion is the sum of its
     * shares.
     */
    public List<Double> weights(List<Example> training) {
        if (classWeights == ClassWeights.NONE || training.isEmpty()) {
            return List.of();
        }
        return evenWeights(training);
    }

    /**
     * Computes the bias of each emotion that turns the probabilities of the network into those of the {@link #prior}: the
     * negative logarithm of its frequency in training, relative to equal frequencies (logit adjustment; Menon et al., ICLR 2021,
     * arXiv 2007.07314).
     *
     * @param training the clips of an epoch
     * @return the biases in label order, 0 for an emotion without clips; empty if all are 0
     */
    public List<Double> bias(List<Example> training) {
        if (prior == Prior.TRAINING || classWeights == ClassWeights.BALANCED) {
            return List.of();
        }
        List<Double> bias = evenWeights(training).stream()
                .map(weight -> weight == 0 ? 0.0 : Math.log(weight))
                .toList();
        return bias.stream().allMatch(value -> Math.abs(value) < NEGLIGIBLE_BIAS) ? List.of() : bias;
    }

    /** Returns the weights with which all emotions have the same total weight, with a mean of 1 over the clips. */
    private List<Double> evenWeights(List<Example> training) {
        double[] counts = new double[training.get(0).emotion().set().size()];
        for (Example example : training) {
            List<Double> shares = targets().label(example).shares();
            for (int emotion = 0; emotion < counts.length; emotion++) {
                counts[emotion] += shares.get(emotion);
            }
        }
        long present = Arrays.stream(counts).filter(count -> count > 0).count();
        return Arrays.stream(counts)
                .mapToObj(count -> count == 0 ? 0.0 : training.size() / (present * count))
                .toList();
    }
}
