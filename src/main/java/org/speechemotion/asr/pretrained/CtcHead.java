package org.speechemotion.asr.pretrained;

import java.io.Serializable;
import org.speechemotion.encoder.transformer.EncoderTensors;
import org.speechemotion.weights.Shape;
import org.speechemotion.weights.WeightsException;

/** The linear layer of a CTC model, from hidden states to the logits of tokens. */
final class CtcHead implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String WEIGHT = "lm_head.weight";
    private static final String BIAS = "lm_head.bias";

    /** {@code [width, outputs]}, transposed so that the inner loop runs over adjacent values. */
    private final float[] weights;

    private final float[] bias;

    /** @param weights {@code [width, outputs]} */
    CtcHead(float[] weights, float[] bias) {
        this.weights = weights;
        this.bias = bias;
    }

    /** @throws WeightsException if there is no head, or it has another shape */
    static CtcHead read(EncoderTensors tensors, int width, int outputs) {
        float[] rows = tensors.beside(WEIGHT, Shape.of(outputs, width));
        float[] transposed = new float[rows.length];
        for (int output = 0; output < outputs; output++) {
            for (int i = 0; i < width; i++) {
                transposed[i * outputs + output] = rows[output * width + i];
            }
        }
        return new CtcHead(transposed, tensors.beside(BIAS, Shape.of(outputs)));
    }

    /** Returns the number of outputs. */
    int outputs() {
        return bias.length;
    }

    /**
     * Computes one frame.
     *
     * @param states hidden states, row-major {@code [time, width]}
     * @param frame the frame, from 0
     * @param logits the result, {@code [outputs]}
     * @throws ArithmeticException if a result is not finite
     */
    void apply(float[] states, int frame, float[] logits) {
        int outputs = bias.length;
        int width = weights.length / outputs;
        System.arraycopy(bias, 0, logits, 0, outputs);
        for (int i = 0; i < width; i++) {
            float state = states[frame * width + i];
            int row = i * outputs;
            for (int output = 0; output < outputs; output++) {
                logits[output] += state * weights[row + output];
            }
        }
        for (float logit : logits) {
            if (!Float.isFinite(logit)) {
                throw new ArithmeticException("the outputs of the model in asr.path are not finite");
            }
        }
    }
}
