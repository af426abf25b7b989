package org.speechemotion.encoder.kernel;

import org.speechemotion.encoder.transformer.ConvolutionShape;
import org.speechemotion.encoder.transformer.EncoderTensors;
import org.speechemotion.math.Matrix;

/**
 * Folds the group norm after the first convolution (Wu and He, arXiv 1803.08494) into the weights of that convolution. Its
 * outputs are linear in the windows of the waveform, so their mean and variance follow from the mean and covariance of the
 * windows. The output of the first convolution, by far the largest matrix, is then never materialised as a whole.
 */
final class FoldedGroupNorm {
    private static final double EPSILON = 1e-5;

    private final ConvolutionShape shape;
    private final float[] weight;
    private final float[] gain;
    private final float[] shift;

    /** @param convolution the prefix of the tensors of the first convolution */
    FoldedGroupNorm(EncoderTensors tensors, String convolution, ConvolutionShape shape) {
        this.shape = shape;
        weight = tensors.read(convolution + ".conv.weight");
        gain = tensors.read(convolution + ".layer_norm.weight");
        shift = tensors.read(convolution + ".layer_norm.bias");
    }

    /**
     * Folds the norm for one clip. A bias of the convolution cancels out.
     *
     * @param folded the array for the weight, {@code [out, kernel]}
     * @return the bias, {@code [out]}
     */
    float[] fold(float[] waveform, Matrix folded) {
        int kernel = shape.kernel();
        int windows = shape.outputs(waveform.length);
        double[] mean = new double[kernel];
        double[][] covariance = covariance(waveform, windows, mean);
        float[] bias = new float[shape.width()];
        float[] row = new float[kernel];
        for (int channel = 0; channel < bias.length; channel++) {
            int start = channel * kernel;
            double average = 0;
            double variance = 0;
            for (int i = 0; i < kernel; i++) {
                average += weight[start + i] * mean[i];
                double products = 0;
                for (int j = 0; j < kernel; j++) {
                    products += covariance[Math.min(i, j)][Math.max(i, j)] * weight[start + j];
                }
                variance += weight[start + i] * products;
            }
            double scale = gain[channel] / Math.sqrt(Math.max(variance, 0) + EPSILON);
            bias[channel] = (float) (shift[channel] - average * scale);
            for (int i = 0; i < kernel; i++) {
                row[i] = (float) (weight[start + i] * scale);
            }
            folded.put(channel, row);
        }
        return bias;
    }

    /** Returns the upper triangle of the covariance of the windows, and stores their mean. */
    private double[][] covariance(float[] waveform, int windows, double[] mean) {
        int kernel = shape.kernel();
        int stride = shape.stride();
        for (int i = 0; i < kernel; i++) {
            double sum = 0;
            for (int t = 0; t < windows; t++) {
                sum += waveform[t * stride + i];
            }
            mean[i] = sum / windows;
        }
        double[][] covariance = new double[kernel][kernel];
        double[] centred = new double[kernel];
        for (int t = 0; t < windows; t++) {
            for (int i = 0; i < kernel; i++) {
                centred[i] = waveform[t * stride + i] - mean[i];
            }
            for (int i = 0; i < kernel; i++) {
                double[] row = covariance[i];
                double value = centred[i];
                for (int j = i; j < kernel; j++) {
                    row[j] += value * centred[j];
                }
            }
        }
        for (double[] row : covariance) {
            for (int j = 0; j < kernel; j++) {
                row[j] /= windows;
            }
        }
        return covariance;
    }
}
