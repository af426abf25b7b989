package org.speechemotion.train;

import java.io.Serializable;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.SoftLabel;

/**
 * What the network should answer.
 *
 * @param soft whether that is the clips' soft labels, and not their labels
 * @param smoothing share of it that is spread evenly over all emotions
 */
public record Targets(boolean soft, double smoothing) implements Serializable {

    /** The probabilities that the examples should be given, {@code [batch, emotions]}. */
    public INDArray of(List<Example> examples) {
        float everyone = (float) (smoothing / Emotion.count());
        float[][] targets = new float[examples.size()][Emotion.count()];
        for (int i = 0; i < targets.length; i++) {
            List<Double> shares = label(examples.get(i)).shares();
            for (int emotion = 0; emotion < targets[i].length; emotion++) {
                targets[i][emotion] = everyone + (float) ((1 - smoothing) * shares.get(emotion));
            }
        }
        return Nd4j.create(targets);
    }

    /** What of each emotion an example is taken to have. */
    SoftLabel label(Example example) {
        return soft ? example.softLabel() : SoftLabel.of(Emotion.ofLabel(example.label()));
    }
}
