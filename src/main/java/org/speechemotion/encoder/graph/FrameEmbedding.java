package org.speechemotion.encoder.graph;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv1DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;

/** Embeds features for the first layer by a projection and a positional convolution. */
final class FrameEmbedding {
    private FrameEmbedding() {}

    /**
     * Defines the operations.
     *
     * @param features {@code [batch · time, featureWidth]}
     * @return the first hidden state, {@code [batch · time, width]}
     */
    static SDVariable define(GraphScope scope, SDVariable features, FrameMask mask) {
        TransformerConfig config = scope.config();
        SDVariable projected = features;
        if (config.projectionNorm()) {
            projected = scope.norm(
                    features, mask.ones(), TensorNames.PROJECTION_NORM, config.featureWidth(), config.epsilon());
        }
        // Padding must be zero, because the convolution reaches beyond the end of the clip.
        projected = mask.masked(scope.linear(projected, TensorNames.PROJECTION), config.width());
        SDVariable embedded = projected.add(positions(scope, projected, mask));
        return config.preNorm() ? embedded : scope.norm(embedded, mask, TensorNames.NORM);
    }

    /** Runs one convolution for each group, because ND4J has no grouped convolution. */
    private static SDVariable positions(GraphScope scope, SDVariable rows, FrameMask mask) {
        SameDiff graph = scope.graph();
        TransformerConfig config = scope.config();
        int kernel = config.positionKernel();
        int groups = config.positionGroups();
        int size = config.width() / groups;
        SDVariable channels = graph.permute(mask.unfold(rows, config.width()), 0, 2, 1);
        SDVariable weight = graph.reshape(scope.weight(TensorNames.POSITION), groups, size, size, kernel);
        Conv1DConfig convolution = Conv1DConfig.builder()
                .k(kernel)
                .s(1)
                .p(kernel / 2)
                .d(1)
                .dataFormat("NCW")
                .paddingMode(PaddingMode.VALID)
                .build();
        SDVariable[] outputs = new SDVariable[groups];
        for (int group = 0; group < groups; group++) {
            SDVariable slice = group(graph, channels, group, size);
            SDVariable filter = graph.reshape(
                    graph.stridedSlice(
                            weight,
                            new long[] {group, 0, 0, 0},
                            new long[] {group + 1L, size, size, kernel},
                            1,
                            1,
                            1,
                            1),
                    size,
                    size,
                    kernel);
            outputs[group] = graph.cnn().conv1d(slice, graph.permute(filter, 2, 1, 0), convolution);
        }
        SDVariable joined = groups == 1 ? outputs[0] : graph.concat(1, outputs);
        SDVariable frames = graph.permute(joined, 0, 2, 1);
        // An even kernel yields one frame too many.
        SDVariable trimmed = GraphMath.slice(graph, frames, 3, 0, kernel % 2 == 0 ? -1 : 0, 1);
        SDVariable biased = mask.rows(trimmed, config.width()).add(scope.bias(TensorNames.POSITION));
        return scope.activate(biased, config.convolutionActivation());
    }

    private static SDVariable group(SameDiff graph, SDVariable channels, int group, int size) {
        return graph.stridedSlice(
                channels,
                new long[] {0, (long) group * size, 0},
                new long[] {0, (group + 1L) * size, 0},
                new long[] {1, 1, 1},
                0,
                0b101,
                0,
                0,
                0);
    }
}
