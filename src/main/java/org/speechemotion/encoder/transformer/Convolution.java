package org.speechemotion.encoder.transformer;

/**
 * One layer of the convolutional feature extractor; it pads nothing.
 *
 * @param width output channels
 * @param kernel inputs that an output sees
 * @param stride inputs from one output to the next, at most the kernel, so that every sample is seen
 */
public record Convolution(int width, int kernel, int stride) {

    /** Outputs for that many inputs; 0 where there are fewer than the kernel. */
    public int outputs(int inputs) {
        return inputs < kernel ? 0 : (inputs - kernel) / stride + 1;
    }
}
