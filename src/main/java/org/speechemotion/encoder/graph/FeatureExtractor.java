package org.speechemotion.encoder.graph;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.encoder.transformer.ConvolutionShape;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.encoder.transformer.TransformerConfig.ConvolutionNorm;

/**
 * The convolutions over the waveform. Each one is a single matrix product over its concatenated taps, which is faster than
 * {@code conv1d} of ND4J. There is no padding, so a valid frame depends on valid samples only; the group norm, which
 * spans all frames, uses the valid ones.
 */
final class FeatureExtractor {
    /** The epsilon of all norms here; {@code layer_norm_eps} applies to the transformer only. */
    private static final double EPSILON = 1e-5;

    private FeatureExtractor() {}

    /**
     * The output of the feature extractor.
     *
     * @param rows {@code [batch · time, featureWidth]}
     * @param frames the mask of the valid rows
     */
    record Extracted(SDVariable rows, FrameMask frames) {}

    /**
     * Defines the operations.
     *
     * @param waveform {@code [batch, samples, 1]}
     * @param mask {@code [batch, samples]}
     */
    static Extracted define(GraphScope scope, SDVariable waveform, SDVariable mask) {
        SameDiff graph = scope.graph();
        TransformerConfig config = scope.config();
        SDVariable signal = GraphMath.masked(graph, waveform, mask, 1);
        SDVariable valid = mask;
        SDVariable rows = signal;
        int inputs = 1;
        for (int i = 0; i < config.convolutions().size(); i++) {
            if (i > 0) {
                signal = new FrameMask(graph, valid).unfold(rows, inputs);
            }
            ConvolutionShape convolution = config.convolutions().get(i);
            String part = TensorNames.convolution(i);
            rows = convolve(scope, signal, convolution, inputs, part + ".conv");
            valid = outputs(graph, valid, convolution);
            FrameMask frames = new FrameMask(graph, valid);
            if (config.convolutionNorm() == ConvolutionNorm.LAYER) {
                rows = scope.norm(rows, frames.ones(), part + ".layer_norm", convolution.width(), EPSILON);
            } else if (i == 0) {
                rows = groupNorm(scope, rows, frames, part + ".layer_norm", convolution.width());
            }
            rows = scope.activate(rows, config.convolutionActivation());
            inputs = convolution.width();
        }
        return new Extracted(rows, new FrameMask(graph, valid));
    }

    /** Returns the mask of the outputs: an output is valid if its last input is valid. */
    private static SDVariable outputs(SameDiff graph, SDVariable mask, ConvolutionShape convolution) {
        return GraphMath.slice(graph, mask, 2, convolution.kernel() - 1L, 0, convolution.stride());
    }

    private static SDVariable convolve(
            GraphScope scope, SDVariable signal, ConvolutionShape convolution, int inputs, String part) {
        SameDiff graph = scope.graph();
        int kernel = convolution.kernel();
        List<SDVariable> taps = new ArrayList<>(kernel);
        for (int tap = 0; tap < kernel; tap++) {
            taps.add(GraphMath.slice(graph, signal, 3, tap, tap + 1L - kernel, convolution.stride()));
        }
        SDVariable windows = kernel == 1 ? taps.get(0) : graph.concat(2, taps.toArray(new SDVariable[0]));
        long size = (long) kernel * inputs;
        SDVariable weight = graph.reshape(graph.permute(scope.weight(part), 2, 1, 0), size, convolution.width());
        SDVariable rows = graph.reshape(windows, -1, size).mmul(weight);
        return scope.config().convolutionBias() ? rows.add(scope.bias(part)) : rows;
    }

    /**
     * Applies group normalisation with one channel per group (Wu and He, arXiv 1803.08494) over the valid frames.
     *
     * <p>Matrix products compute the sums over the long axis, because they are more precise than {@code mean} of ND4J.
     */
    private static SDVariable groupNorm(GraphScope scope, SDVariable rows, FrameMask frames, String part, long width) {
        SameDiff graph = scope.graph();
        SDVariable mask = frames.mask();
        SDVariable count = graph.math().max(graph.sum(mask, true, 1), graph.constant(Nd4j.scalar(1f)));
        SDVariable averaging = graph.expandDims(mask.div(count), 1);
        SDVariable spreading = graph.expandDims(mask, 2);
        SDVariable signal = frames.unfold(rows, width);
        SDVariable nearly = signal.sub(spreading.mmul(averaging.mmul(signal)));
        SDVariable centred = nearly.sub(spreading.mmul(averaging.mmul(nearly)));
        SDVariable variance = averaging.mmul(centred.mul(centred));
        SDVariable scale = graph.math().rsqrt(variance.add(EPSILON)).mul(scope.weight(part));
        SDVariable normalised = centred.mul(spreading.mmul(scale));
        return frames.rows(normalised, width).add(scope.bias(part));
    }
}
