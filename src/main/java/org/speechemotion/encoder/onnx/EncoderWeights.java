package org.speechemotion.encoder.onnx;

import org.speechemotion.onnx.OnnxGraph;

/** Puts the tensors of an encoder into a graph. */
interface EncoderWeights {

    /**
     * Adds a tensor as a constant, unless the graph has it.
     *
     * @param name a name of {@link org.speechemotion.encoder.transformer.TensorNames}
     * @return the name of the constant
     */
    String add(OnnxGraph graph, String name);

    /**
     * Returns the values of a small tensor from which others are computed.
     *
     * @throws org.speechemotion.weights.WeightsException if it cannot be read
     */
    float[] read(String name);
}
