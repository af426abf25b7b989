package org.speechemotion.train;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.corpus.Emotion;

/**
 * What the network should answer.
 *
 * @param smoothing share of every label that is spread evenly over all emotions
 */
public record Targets(double smoothing) implements Serializable {

    /** The probabilities that the examples should be given, {@code [batch, emotions]}. */
    public INDArray of(List<Example> examples) {
        float everyone = (float) (smoothing / Emotion.count());
        float[][] targets = new float[examples.size()][Emotion.count()];
        for (int i = 0; i < targets.length; i++) {
            Arrays.fill(targets[i], everyone);
            targets[i][examples.get(i).label()] += (float) (1 - smoothing);
        }
        return Nd4j.create(targets);
    }
}
