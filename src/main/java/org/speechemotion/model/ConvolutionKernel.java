package org.speechemotion.model;

import java.util.Arrays;
import java.util.Map;
import org.speechemotion.math.Exponential;
import org.speechemotion.math.Gelu;
import org.speechemotion.math.Gemm;
import org.speechemotion.math.Matrix;
import org.speechemotion.math.Memory;
import org.speechemotion.math.Reductions;

/**
 * Computes a convolution of a {@link ContextPooling}, with its layer normalisation, bias and GELU:
 * {@code [clips, time, in] → [clips, time / stride, out]}. Frames that are invalid by the mask are replaced by zeros, so that
 * the content of the padding has no influence. Output frame t sees input frames from t · stride − ⌊(kernel − 1) / 2⌋ on in
 * every batch. Output frames after the last valid input frame are 0.
 *
 * <p>The clips lie one after the other as rows of frames, each with zeros around it instead
 * of the padding of the batch. The windows of all output frames are then one matrix whose rows are {@code stride} frames apart.
 * BLAS does not allow its rows to overlap, so it is divided into column blocks of {@code stride} taps, and the convolution is
 * the sum of their products. The rows between two clips belong to no output frame; they are computed and ignored.
 */
final class ConvolutionKernel implements FrameKernel {
    static final double NORM_EPSILON = 1e-5;

    private final String weightName;
    private final String biasName;
    private final int inputWidth;
    private final int outputWidth;
    private final int kernel;
    private final int stride;
    private final int left;
    private final Exponential exponential = new Exponential();

    private Layout layout = new Layout(new int[0], new int[0], new int[0], 0);
    private Memory padded = new Memory(0);
    private Memory products = new Memory(0);
    private Memory paddedGradient = new Memory(0);
    /** The normalised products of all rows, the derivatives of the GELU at them, and the scale of each row. */
    private float[] normalized = {};

    private float[] slopes = {};
    private float[] scales = {};
    private float[] block = {};
    private float[] blockSlopes = {};

    /** @param name the start of the names of the parameters, see {@link KernelLayer#weight} */
    ConvolutionKernel(String name, int inputWidth, int outputWidth, int kernel, int stride) {
        weightName = KernelLayer.weight(name);
        biasName = KernelLayer.bias(name);
        this.inputWidth = inputWidth;
        this.outputWidth = outputWidth;
        this.kernel = kernel;
        this.stride = stride;
        left = (kernel - 1) / 2;
    }

    /**
     * The rows of the clips of a batch.
     *
     * @param seen the number of first frames of each clip that belong to a window
     * @param outputs the number of output frames of each clip
     * @param firstRows the row of the first output frame of each clip
     * @param rows the number of all rows, those between clips included
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Layout(int[] seen, int[] outputs, int[] firstRows, int rows) {}

    @Override
    public void forward(Batch batch, Memory input, Map<String, Memory> parameters, Memory output, boolean training) {
        layout = layOut(batch);
        int rows = layout.rows();
        padded = padded.grownTo(rows == 0 ? 0 : frames(rows));
        products = products.grownTo(Math.multiplyExact(rows, outputWidth));
        pad(batch, input);
        Memory weight = parameters.get(weightName);
        Matrix target = Matrix.of(products, rows, outputWidth);
        for (int tap = 0; rows > 0 && tap < kernel; tap += stride) {
            Gemm.times(windows(padded, tap), weights(weight, tap), tap == 0 ? 0 : 1, target);
        }
        float[] bias = new float[outputWidth];
        parameters.get(biasName).get(0, bias, 0, outputWidth);
        if (training) {
            normalized = grown(normalized, rows * outputWidth);
            slopes = grown(slopes, rows * outputWidth);
            scales = grown(scales, rows);
        }
        int size = batch.time() / stride * outputWidth;
        block = grown(block, size);
        blockSlopes = grown(blockSlopes, size);
        for (int clip = 0; clip < batch.clips(); clip++) {
            int start = layout.firstRows()[clip] * outputWidth;
            int count = layout.outputs()[clip] * outputWidth;
            products.get(start, block, 0, count);
            normalize(layout.firstRows()[clip], layout.outputs()[clip], training);
            addBias(count, bias);
            if (training) {
                Gelu.apply(block, blockSlopes, count, exponential);
                System.arraycopy(blockSlopes, 0, slopes, start, count);
            } else {
                Gelu.apply(block, count);
            }
            Arrays.fill(block, count, size, 0f);
            output.put(clip * size, block, 0, size);
        }
    }

    @Override
    public void backward(
            Batch batch,
            Memory input,
            Map<String, Memory> parameters,
            Memory outputGradient,
            Map<String, Memory> gradients,
            Memory inputGradient) {
        int rows = layout.rows();
        int size = batch.time() / stride * outputWidth;
        float[] biasGradient = new float[outputWidth];
        products.clear(rows * outputWidth);
        for (int clip = 0; clip < batch.clips(); clip++) {
            int start = layout.firstRows()[clip] * outputWidth;
            int count = layout.outputs()[clip] * outputWidth;
            outputGradient.get(clip * size, block, 0, count);
            System.arraycopy(slopes, start, blockSlopes, 0, count);
            for (int i = 0; i < count; i++) {
                block[i] *= blockSlopes[i];
            }
            addRows(biasGradient, count);
            differentiateNormalization(layout.firstRows()[clip], layout.outputs()[clip]);
            products.put(start, block, 0, count);
        }
        gradients.get(biasName).put(0, biasGradient, 0, outputWidth);
        Memory weight = parameters.get(weightName);
        Memory weightGradient = gradients.get(weightName);
        weightGradient.clear(weightGradient.size());
        Matrix product = Matrix.of(products, rows, outputWidth);
        for (int tap = 0; rows > 0 && tap < kernel; tap += stride) {
            Gemm.transposedTimes(windows(padded, tap), product, weights(weightGradient, tap));
        }
        if (inputGradient == null) {
            return;
        }
        paddedGradient = paddedGradient.grownTo(padded.size());
        paddedGradient.clear(rows == 0 ? 0 : frames(rows));
        for (int tap = 0; rows > 0 && tap < kernel; tap += stride) {
            Gemm.timesTransposed(product, weights(weight, tap), 1, windows(paddedGradient, tap));
        }
        unpad(batch, inputGradient);
    }

    private Layout layOut(Batch batch) {
        int[] seen = new int[batch.clips()];
        int[] outputs = new int[batch.clips()];
        int[] firstRows = new int[batch.clips()];
        int rows = 0;
        for (int clip = 0; clip < batch.clips(); clip++) {
            int length = batch.length(clip);
            outputs[clip] = (length + stride - 1) / stride;
            if (outputs[clip] > 0) {
                // A clip begins after the last window of the one before it.
                firstRows[clip] = rows == 0 ? 0 : rows + (kernel - 1) / stride;
                rows = firstRows[clip] + outputs[clip];
                seen[clip] = Math.min(length, (outputs[clip] - 1) * stride + kernel - left);
            }
        }
        return new Layout(seen, outputs, firstRows, rows);
    }

    /** Returns the number of values of the frames that a number of rows see. */
    private int frames(int rows) {
        return Math.multiplyExact((rows - 1) * stride + kernel, inputWidth);
    }

    /** Returns the columns of the windows that begin with a tap. */
    private Matrix windows(Memory memory, int tap) {
        int taps = Math.min(stride, kernel - tap);
        return new Matrix(memory, tap * inputWidth, layout.rows(), taps * inputWidth, stride * inputWidth);
    }

    /** Returns the weights of these columns. */
    private Matrix weights(Memory weight, int tap) {
        int taps = Math.min(stride, kernel - tap);
        return new Matrix(weight, tap * inputWidth * outputWidth, taps * inputWidth, outputWidth, outputWidth);
    }

    private void pad(Batch batch, Memory input) {
        padded.clear(layout.rows() == 0 ? 0 : frames(layout.rows()));
        for (int clip = 0; clip < batch.clips(); clip++) {
            int count = layout.seen()[clip] * inputWidth;
            block = grown(block, count);
            input.get(clip * batch.time() * inputWidth, block, 0, count);
            clearInvalid(batch, clip);
            padded.put(firstFrame(clip), block, 0, count);
        }
    }

    private void unpad(Batch batch, Memory inputGradient) {
        inputGradient.clear(inputGradient.size());
        for (int clip = 0; clip < batch.clips(); clip++) {
            int count = layout.seen()[clip] * inputWidth;
            block = grown(block, count);
            paddedGradient.get(firstFrame(clip), block, 0, count);
            clearInvalid(batch, clip);
            inputGradient.put(clip * batch.time() * inputWidth, block, 0, count);
        }
    }

    private int firstFrame(int clip) {
        return (layout.firstRows()[clip] * stride + left) * inputWidth;
    }

    /** Sets invalid frames between valid ones to 0. */
    private void clearInvalid(Batch batch, int clip) {
        for (int frame = 0; frame < layout.seen()[clip]; frame++) {
            if (!batch.isValid(clip, frame)) {
                Arrays.fill(block, frame * inputWidth, (frame + 1) * inputWidth, 0f);
            }
        }
    }

    /** Normalises rows of the block and, in training, keeps them. */
    private void normalize(int firstRow, int count, boolean training) {
        for (int row = 0; row < count; row++) {
            int from = row * outputWidth;
            int to = from + outputWidth;
            float mean = (float) (Reductions.sum(block, from, to) / outputWidth);
            for (int i = from; i < to; i++) {
                block[i] -= mean;
            }
            float scale = (float) (1 / Math.sqrt(Reductions.squares(block, from, to) / outputWidth + NORM_EPSILON));
            for (int i = from; i < to; i++) {
                block[i] *= scale;
            }
            if (training) {
                scales[firstRow + row] = scale;
            }
        }
        if (training) {
            System.arraycopy(block, 0, normalized, firstRow * outputWidth, count * outputWidth);
        }
    }

    /** Replaces the gradient with respect to normalised rows, in the block, by that with respect to the products. */
    private void differentiateNormalization(int firstRow, int count) {
        for (int row = 0; row < count; row++) {
            int from = row * outputWidth;
            int kept = (firstRow + row) * outputWidth;
            float mean = (float) (Reductions.sum(block, from, from + outputWidth) / outputWidth);
            float slope = (float) (Reductions.dot(block, from, normalized, kept, outputWidth) / outputWidth);
            float scale = scales[firstRow + row];
            for (int i = 0; i < outputWidth; i++) {
                block[from + i] = scale * (block[from + i] - mean - slope * normalized[kept + i]);
            }
        }
    }

    private void addBias(int count, float[] bias) {
        for (int from = 0; from < count; from += outputWidth) {
            for (int i = 0; i < outputWidth; i++) {
                block[from + i] += bias[i];
            }
        }
    }

    private void addRows(float[] sums, int count) {
        for (int from = 0; from < count; from += outputWidth) {
            for (int i = 0; i < outputWidth; i++) {
                sums[i] += block[from + i];
            }
        }
    }

    private static float[] grown(float[] array, int length) {
        return array.length < length ? new float[length] : array;
    }
}
