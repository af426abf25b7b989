package org.speechemotion.train;

import java.io.Serializable;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.corpus.SoftLabel;

/**
 * The targets of the network.
 *
 * @param soft whether the targets are the clips' soft labels instead of their labels
 * @param smoothing the share of a target that is spread evenly over all emotions
 */
public record Targets(boolean soft, double smoothing) implements Serializable {

    /** Returns the target probabilities of one or more examples, {@code [batch, emotions]}. */
    public INDArray of(List<Example> examples) {
        int emotions = examples.get(0).emotion().set().size();
        float everyone = (float) (smoothing / emotions);
        float[][] targets = new float[examples.size()][emotions];
        for (int i = 0; i < targets.length; i++) {
            List<Double> shares = label(examples.get(i)).shares();
            for (int emotion = 0; emotion < targets[i].length; emotion++) {
                targets[i][emotion] = everyone + (float) ((1 - smoothing) * shares.get(emotion));
            }
        }
        return Nd4j.create(targets);
    }

    /** Returns the label of an example before smoothing, with a share for each emotion. */
    SoftLabel label(Example example) {
        return soft ? example.softLabel() : SoftLabel.of(example.emotion());
    }
}
