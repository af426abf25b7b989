package org.speechemotion.model;

import java.util.Map;
import org.speechemotion.math.Memory;

/**
 * The hand-written forward and backward pass of a {@link KernelLayer}. A kernel keeps what the backward pass needs of the
 * last forward pass, and its buffers, so it serves one network in one thread.
 */
interface FrameKernel {

    /**
     * The shape and the mask of a batch of frames.
     *
     * @param clips the number of clips
     * @param time the number of frames of each clip, with its padding
     * @param mask {@code [clips, time]}, 1 for valid frames and 0 for others
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Batch(int clips, int time, float[] mask) {
        boolean isValid(int clip, int frame) {
            return mask[clip * time + frame] != 0;
        }

        /** Returns the batch of every {@code stride}-th frame. */
        Batch every(int stride) {
            if (stride == 1) {
                return this;
            }
            int frames = time / stride;
            float[] valid = new float[clips * frames];
            for (int clip = 0; clip < clips; clip++) {
                for (int frame = 0; frame < frames; frame++) {
                    valid[clip * frames + frame] = mask[clip * time + frame * stride];
                }
            }
            return new Batch(clips, frames, valid);
        }

        /** Returns the number of frames of a clip up to its last valid one. */
        int length(int clip) {
            int length = time;
            while (length > 0 && !isValid(clip, length - 1)) {
                length--;
            }
            return length;
        }
    }

    /**
     * Computes the output of the layer.
     *
     * @param input {@code [clips, time, width]}
     * @param parameters the parameters of the layer, by name
     * @param output the array for the output
     * @param training whether a backward pass follows
     */
    void forward(Batch batch, Memory input, Map<String, Memory> parameters, Memory output, boolean training);

    /**
     * Computes the gradients after a forward pass in training.
     *
     * @param input the input of the forward pass
     * @param outputGradient the gradient of the loss with respect to the output
     * @param gradients receive the gradients with respect to the parameters, by name
     * @param inputGradient the array for the gradient with respect to the input; null if it is not needed
     */
    void backward(
            Batch batch,
            Memory input,
            Map<String, Memory> parameters,
            Memory outputGradient,
            Map<String, Memory> gradients,
            Memory inputGradient);
}
