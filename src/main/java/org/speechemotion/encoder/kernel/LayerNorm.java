package org.speechemotion.encoder.kernel;

import org.speechemotion.encoder.transformer.EncoderTensors;
import org.speechemotion.math.Reductions;

/** Applies layer normalisation (Ba, Kiros and Hinton, arXiv 1607.06450) to single rows. */
final class LayerNorm {
    private final float[] gain;
    private final float[] shift;
    private final double epsilon;

    /** @param name the prefix of the tensors, without {@code .weight} and {@code .bias} */
    LayerNorm(EncoderTensors tensors, String name, double epsilon) {
        gain = tensors.read(name + ".weight");
        shift = tensors.read(name + ".bias");
        this.epsilon = epsilon;
    }

    /** Normalises the start of an array, {@code [width]}, in place. */
    void apply(float[] row) {
        int width = gain.length;
        float mean = (float) (Reductions.sum(row, 0, width) / width);
        for (int i = 0; i < width; i++) {
            row[i] -= mean;
        }
        float scale = (float) (1 / Math.sqrt(Reductions.squares(row, 0, width) / width + epsilon));
        for (int i = 0; i < width; i++) {
            row[i] = row[i] * scale * gain[i] + shift[i];
        }
    }
}
