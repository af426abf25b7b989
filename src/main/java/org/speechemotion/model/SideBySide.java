package org.speechemotion.model;

import java.util.List;
import java.util.Map;
import org.speechemotion.math.Memory;

/**
 * Computes the kernels of all branches one after the other. Each writes its own columns of the output; it adds its part to the
 * gradient of a common input, or writes its own columns of it.
 */
record SideBySide(List<FrameKernel> branches) implements FrameKernel {
    @Override
    public void forward(Batch batch, Memory input, Map<String, Memory> parameters, Memory output, boolean training) {
        branches.forEach(branch -> branch.forward(batch, input, parameters, output, training));
    }

    @Override
    public void backward(
            Batch batch,
            Memory input,
            Map<String, Memory> parameters,
            Memory outputGradient,
            Map<String, Memory> gradients,
            Memory inputGradient) {
        if (inputGradient != null) {
            inputGradient.clear(inputGradient.size());
        }
        branches.forEach(branch -> branch.backward(batch, input, parameters, outputGradient, gradients, inputGradient));
    }
}
