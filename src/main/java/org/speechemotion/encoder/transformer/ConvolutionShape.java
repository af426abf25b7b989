package org.speechemotion.encoder.transformer;

/**
 * The shape of one convolution of the feature extractor, which has no padding.
 *
 * @param width the number of output channels
 * @param kernel the kernel size
 * @param stride the stride, at most the kernel size
 */
public record ConvolutionShape(int width, int kernel, int stride) {

    /** Returns the number of outputs for a number of inputs; it is 0 if they are fewer than the kernel size. */
    public int outputs(int inputs) {
        return inputs < kernel ? 0 : (inputs - kernel) / stride + 1;
    }
}
