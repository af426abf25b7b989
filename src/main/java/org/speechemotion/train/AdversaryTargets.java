package org.speechemotion.train;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The classes that the adversary of a network distinguishes.
 *
 * @param target the property of a clip that is its class
 * @param classes the names of the classes in order; empty if there is no adversary
 */
public record AdversaryTargets(AdversarySettings.Target target, List<String> classes) implements Serializable {
    public AdversaryTargets {
        classes = List.copyOf(classes);
    }

    /**
     * Returns the target probabilities of the adversary's output for one or more examples, {@code [batch, classes]}; an empty list if there is no
     * adversary.
     *
     * @throws IllegalArgumentException if an example is of another class
     */
    public List<INDArray> of(List<Example> examples) {
        if (classes.isEmpty()) {
            return List.of();
        }
        INDArray targets = Nd4j.zeros(DataType.FLOAT, examples.size(), classes.size());
        for (int i = 0; i < examples.size(); i++) {
            int index = Collections.binarySearch(classes, target.of(examples.get(i)));
            if (index < 0) {
                throw new IllegalArgumentException(examples.get(i).path() + " is of the " + target.id() + " "
                        + target.of(examples.get(i)) + "; allowed: " + classes);
            }
            targets.putScalar(i, index, 1);
        }
        return List.of(targets);
    }
}
