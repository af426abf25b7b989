package org.speechemotion.train;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.speechemotion.corpus.Emotion;

/**
 * What the cross-entropy is taken against.
 *
 * @param labelSmoothing share of every label that is spread evenly over all emotions (Szegedy et al., arXiv 1512.00567); 0 to below 1
 * @param classWeights how much a clip of an emotion counts
 * @param softLabels whether it is taken against the shares of the raters' votes, where there are any, and not against the
 *     label alone
 */
public record LossSettings(double labelSmoothing, ClassWeights classWeights, boolean softLabels)
        implements Serializable {

    /** How much a clip of an emotion counts. */
    public enum ClassWeights {
        /** Every clip alike. */
        NONE,
        /** Every emotion alike: a clip counts the less, the more clips its emotion has. */
        BALANCED
    }

    public LossSettings {
        Limits.share("label-smoothing", labelSmoothing);
    }

    /** What the network should answer. */
    public Targets targets() {
        return new Targets(softLabels, labelSmoothing);
    }

    /**
     * The emotions' weights in label order, one in the mean over the clips, and 0 for an emotion without clips; empty
     * where every clip counts alike. With soft labels an emotion has as many clips as its shares are together.
     */
    public List<Double> weights(List<Example> training) {
        if (classWeights == ClassWeights.NONE) {
            return List.of();
        }
        double[] counts = new double[Emotion.count()];
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
