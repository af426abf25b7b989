package org.speechemotion.model;

import java.io.Serializable;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The mean and variance of the poolings' outputs over many clips, for the batch normalisation after it ("precise batch
 * norm", Wu and Johnson, arXiv 2105.07576). They are for parameters to which no running statistics belong, because no step of
 * training has had them. Merging is associative.
 */
public final class PopulationStatistics implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final double VARIANCE_FLOOR = 1e-10;

    /** DL4J's default form; its other form, the variance, is lost in the JSON of a configuration. */
    private static final String LOG_DEVIATION = EmotionNetwork.NORMALIZATION + "_log10stdev";

    private final long count;
    private final double[] sum;
    private final double[] squares;

    private PopulationStatistics(long count, double[] sum, double[] squares) {
        this.count = count;
        this.sum = sum;
        this.squares = squares;
    }

    /** Computes the statistics of the pooling's output for clips, {@code [clips, width]}. */
    static PopulationStatistics of(List<float[]> pooled) {
        int width = pooled.get(0).length;
        double[] sum = new double[width];
        double[] squares = new double[width];
        for (float[] clip : pooled) {
            for (int i = 0; i < width; i++) {
                sum[i] += clip[i];
                squares[i] += (double) clip[i] * clip[i];
            }
        }
        return new PopulationStatistics(pooled.size(), sum, squares);
    }

    /** Returns the statistics of the clips of both. */
    public PopulationStatistics merge(PopulationStatistics other) {
        double[] mergedSum = sum.clone();
        double[] mergedSquares = squares.clone();
        for (int i = 0; i < sum.length; i++) {
            mergedSum[i] += other.sum[i];
            mergedSquares[i] += other.squares[i];
        }
        return new PopulationStatistics(count + other.count, mergedSum, mergedSquares);
    }

    /**
     * Bounds the running statistics of a network after a step. The variance of a unit that is equal in all clips of the batches,
     * as in batches of one clip, falls to 0, and DL4J stores its logarithm.
     */
    public static void bound(ComputationGraph network) {
        if (EmotionNetwork.isNormalized(network)) {
            Transforms.max(network.getParam(LOG_DEVIATION), 0.5 * Math.log10(VARIANCE_FLOOR), false);
        }
    }

    /** Replaces the running statistics of a network. */
    public void writeTo(ComputationGraph network) {
        double[] mean = new double[sum.length];
        double[] logDeviation = new double[sum.length];
        for (int i = 0; i < sum.length; i++) {
            mean[i] = sum[i] / count;
            double variance = Math.max(VARIANCE_FLOOR, squares[i] / count - mean[i] * mean[i]);
            logDeviation[i] = 0.5 * Math.log10(variance);
        }
        assign(network.getParam(EmotionNetwork.NORMALIZATION + "_mean"), mean);
        assign(network.getParam(LOG_DEVIATION), logDeviation);
    }

    private static void assign(INDArray parameter, double[] values) {
        parameter.assign(Nd4j.createFromArray(values).reshape(parameter.shape()).castTo(parameter.dataType()));
    }
}
