package org.speechemotion.encoder.kernel;

import org.speechemotion.encoder.transformer.EncoderTensors;

/** Layer normalisation (Ba, Kiros and Hinton, arXiv 1607.06450) of one row at a time. */
final class LayerNorm {
    private final float[] gain;
    private final float[] shift;
    private final double epsilon;

    /** @param name of the tensors, without {@code .weight} and {@code .bias} */
    LayerNorm(EncoderTensors tensors, String name, double epsilon) {
        gain = tensors.read(name + ".weight");
        shift = tensors.read(name + ".bias");
        this.epsilon = epsilon;
    }

    /** Replaces the start of an array, {@code [width]}. */
    void apply(float[] row) {
        int width = gain.length;
        float mean = (float) (Sums.sum(row, 0, width) / width);
        for (int i = 0; i < width; i++) {
            row[i] -= mean;
        }
        float scale = (float) (1 / Math.sqrt(Sums.squares(row, 0, width) / width + epsilon));
        for (int i = 0; i < width; i++) {
            row[i] = row[i] * scale * gain[i] + shift[i];
        }
    }
}
