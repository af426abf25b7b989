package org.speechemotion.model;

import java.util.Arrays;
import java.util.Map;
import org.speechemotion.math.Exponential;
import org.speechemotion.math.Memory;
import org.speechemotion.math.Reductions;
import org.speechemotion.math.Softmax;

/**
 * Attentive statistics pooling (Okabe, Koshinaka and Shinoda, arXiv 1803.10963), clip by clip over the valid frames alone: a
 * linear score for every frame, the softmax of the scores, the weighted mean of the frames and, optionally, their weighted
 * standard deviation. The output of a branch is a part of a row, because those of all branches are side by side:
 * {@code [clips, time, width] → [clips, columns]}.
 */
final class PoolingKernel implements FrameKernel {
    static final float VARIANCE_FLOOR = 1e-5f;

    private final String scoreName;
    private final int width;
    private final boolean deviation;
    private final int column;
    private final int columns;
    private final Exponential exponential = new Exponential();

    /** The weights of the frames of each clip; they are 0 for invalid frames. */
    private float[][] weights = {};
    /** The output of the last forward pass, {@code [clips, width]} or {@code [clips, 2 · width]}. */
    private float[] pooled = {};

    private float[] frames = {};

    /**
     * @param name the start of the name of the parameter, see {@link #score(String)}
     * @param column the first column of the output of this branch
     * @param columns the number of columns of all branches
     */
    PoolingKernel(String name, int width, boolean deviation, int column, int columns) {
        scoreName = score(name);
        this.width = width;
        this.deviation = deviation;
        this.column = column;
        this.columns = columns;
    }

    /** Returns the name of the weights of the scores, {@code [width, 1]}. */
    static String score(String name) {
        return name + "-score";
    }

    @Override
    public void forward(Batch batch, Memory input, Map<String, Memory> parameters, Memory output, boolean training) {
        float[] score = score(parameters);
        int outputWidth = outputWidth();
        weights = new float[batch.clips()][];
        pooled = new float[batch.clips() * outputWidth];
        for (int clip = 0; clip < batch.clips(); clip++) {
            int length = read(batch, clip, input);
            weights[clip] = weights(batch, clip, length, score);
            int mean = clip * outputWidth;
            for (int frame = 0; frame < length; frame++) {
                float weight = weights[clip][frame];
                for (int i = 0; i < width; i++) {
                    pooled[mean + i] += weight * frames[frame * width + i];
                }
            }
            if (deviation) {
                deviate(mean, length, weights[clip]);
            }
            output.put(clip * columns + column, pooled, mean, outputWidth);
        }
    }

    /** Computes the deviation from the differences to the mean, because the mean of squares less the squared mean cancels for steady clips. */
    private void deviate(int mean, int length, float[] weights) {
        int spread = mean + width;
        for (int frame = 0; frame < length; frame++) {
            for (int i = 0; i < width; i++) {
                float difference = frames[frame * width + i] - pooled[mean + i];
                pooled[spread + i] += weights[frame] * difference * difference;
            }
        }
        for (int i = 0; i < width; i++) {
            pooled[spread + i] = (float) Math.sqrt(pooled[spread + i] + VARIANCE_FLOOR);
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
        float[] score = score(parameters);
        float[] scoreGradient = new float[width];
        float[] incoming = new float[outputWidth()];
        float[] varianceGradient = new float[width];
        if (inputGradient != null) {
            inputGradient.clear(inputGradient.size());
        }
        for (int clip = 0; clip < batch.clips(); clip++) {
            int length = read(batch, clip, input);
            outputGradient.get(clip * columns + column, incoming, 0, incoming.length);
            int mean = clip * incoming.length;
            for (int i = 0; deviation && i < width; i++) {
                varianceGradient[i] = incoming[width + i] / (2 * pooled[mean + width + i]);
            }
            float[] weightGradient = weightGradient(length, mean, incoming, varianceGradient);
            double expected = Reductions.dot(weights[clip], 0, weightGradient, 0, length);
            for (int frame = 0; frame < length; frame++) {
                float weight = weights[clip][frame];
                float slope = (float) (weight * (weightGradient[frame] - expected));
                int from = frame * width;
                for (int i = 0; i < width; i++) {
                    scoreGradient[i] += slope * frames[from + i];
                }
                for (int i = 0; i < width; i++) {
                    float difference = frames[from + i] - pooled[mean + i];
                    frames[from + i] = weight * (incoming[i] + 2 * varianceGradient[i] * difference) + slope * score[i];
                }
            }
            if (inputGradient != null) {
                inputGradient.put(clip * batch.time() * width, frames, 0, length * width);
            }
        }
        gradients.get(scoreName).put(0, scoreGradient, 0, width);
    }

    /** Returns the gradient with respect to the weight of each frame. */
    private float[] weightGradient(int length, int mean, float[] incoming, float[] varianceGradient) {
        float[] gradient = new float[length];
        float[] terms = new float[width];
        for (int frame = 0; frame < length; frame++) {
            int from = frame * width;
            for (int i = 0; i < width; i++) {
                float value = frames[from + i];
                float difference = value - pooled[mean + i];
                terms[i] = incoming[i] * value + varianceGradient[i] * difference * difference;
            }
            gradient[frame] = (float) Reductions.sum(terms, 0, width);
        }
        return gradient;
    }

    private float[] weights(Batch batch, int clip, int length, float[] score) {
        float[] scores = new float[length];
        int valid = 0;
        for (int frame = 0; frame < length; frame++) {
            if (batch.isValid(clip, frame)) {
                scores[valid++] = (float) Reductions.dot(frames, frame * width, score, 0, width);
            }
        }
        if (valid > 0) {
            Softmax.apply(scores, 1, valid, exponential);
        }
        // The weights of the valid frames go back to their frames, from the last one on.
        for (int frame = length - 1; frame >= 0; frame--) {
            scores[frame] = batch.isValid(clip, frame) ? scores[--valid] : 0f;
        }
        return scores;
    }

    /** Reads the frames of a clip up to its last valid one, with zeros for the invalid ones, and returns their number. */
    private int read(Batch batch, int clip, Memory input) {
        int length = batch.length(clip);
        if (frames.length < length * width) {
            frames = new float[length * width];
        }
        input.get(clip * batch.time() * width, frames, 0, length * width);
        for (int frame = 0; frame < length; frame++) {
            if (!batch.isValid(clip, frame)) {
                Arrays.fill(frames, frame * width, (frame + 1) * width, 0f);
            }
        }
        return length;
    }

    private float[] score(Map<String, Memory> parameters) {
        float[] score = new float[width];
        parameters.get(scoreName).get(0, score, 0, width);
        return score;
    }

    private int outputWidth() {
        return deviation ? 2 * width : width;
    }
}
