package org.speechemotion.train;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.speechemotion.math.Memory;

/**
 * Adam on the CPU with the formulas and the state of ND4J's, whose native loop is not vectorised. ε is added to the root of the
 * mean squared gradient before the bias correction, ε̂ in section 2 of the paper (Kingma and Ba, arXiv 1412.6980).
 */
final class VectorizedAdam extends AdamUpdater {
    /** The number of parameters that one direct buffer has room for; more of them are left to ND4J. */
    static final long MAX_PARAMETERS = Integer.MAX_VALUE / Float.BYTES;

    /** Six arrays of this length stay in the first two levels of the cache. */
    private static final int PIECE = 4096;

    private final float[] gradients = new float[PIECE];
    private final float[] means = new float[PIECE];
    private final float[] squares = new float[PIECE];

    private VectorizedAdam(Adam settings) {
        super(settings);
    }

    /** Returns an updater that goes on with the state of another one, and shares its memory. */
    static VectorizedAdam of(AdamUpdater other) {
        VectorizedAdam adam = new VectorizedAdam(other.getConfig());
        adam.setM(other.getM());
        adam.setV(other.getV());
        adam.setGradientReshapeOrder(other.getGradientReshapeOrder());
        return adam;
    }

    /** Replaces a gradient {@code [parameters]}, which is contiguous, by the step that is subtracted from the parameters. */
    @Override
    public void applyUpdater(INDArray gradient, int iteration, int epoch) {
        Adam settings = getConfig();
        double unbiased = Math.sqrt(1 - Math.pow(settings.getBeta2(), iteration + 1.0))
                / (1 - Math.pow(settings.getBeta1(), iteration + 1.0));
        float rate = (float) (settings.getLearningRate(iteration, epoch) * unbiased);
        Memory gradientMemory = Memory.view(gradient);
        Memory meanMemory = Memory.view(getM());
        Memory squareMemory = Memory.view(getV());
        for (int from = 0; from < gradientMemory.size(); from += PIECE) {
            int count = Math.min(PIECE, gradientMemory.size() - from);
            gradientMemory.get(from, gradients, 0, count);
            meanMemory.get(from, means, 0, count);
            squareMemory.get(from, squares, 0, count);
            step(count, rate, (float) settings.getBeta1(), (float) settings.getBeta2(), (float) settings.getEpsilon());
            gradientMemory.put(from, gradients, 0, count);
            meanMemory.put(from, means, 0, count);
            squareMemory.put(from, squares, 0, count);
        }
    }

    private void step(int count, float rate, float beta1, float beta2, float epsilon) {
        for (int i = 0; i < count; i++) {
            float gradient = gradients[i];
            float mean = beta1 * means[i] + (1 - beta1) * gradient;
            float square = beta2 * squares[i] + (1 - beta2) * (gradient * gradient);
            means[i] = mean;
            squares[i] = square;
            gradients[i] = rate * mean / ((float) Math.sqrt(square) + epsilon);
        }
    }
}
