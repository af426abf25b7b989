package org.speechemotion.encoder.kernel;

import org.speechemotion.encoder.transformer.EncoderTensors;
import org.speechemotion.encoder.transformer.RelativePosition;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;

/** The relative position bias of WavLM before the gate, which depends only on the head and on the distance of two frames. */
final class RelativePositionBias {
    private final RelativePosition position;
    private final int heads;
    private final float[] embedding;

    RelativePositionBias(TransformerConfig config, EncoderTensors tensors) {
        position = config.relativePosition().orElseThrow();
        heads = config.heads();
        embedding = tensors.read(TensorNames.RELATIVE_POSITION);
    }

    /** Returns {@code [heads, 2 · frames − 1]} for the distances, key minus query, from 1 − frames to frames − 1. */
    float[][] byDistance(int frames) {
        float[][] biases = new float[heads][2 * frames - 1];
        for (int i = 0; i < 2 * frames - 1; i++) {
            int bucket = position.bucket(i - (frames - 1));
            for (int head = 0; head < heads; head++) {
                biases[head][i] = embedding[bucket * heads + head];
            }
        }
        return biases;
    }
}
