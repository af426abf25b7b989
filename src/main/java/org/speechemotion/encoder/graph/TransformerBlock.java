package org.speechemotion.encoder.graph;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;

/** Defines one layer: self-attention and a feed-forward part with residual connections (Vaswani et al., arXiv 1706.03762). */
final class TransformerBlock {
    private final GraphScope scope;
    private final FrameMask mask;
    private final AttentionBias bias;
    private final String prefix;

    /** @param index the index of the layer, counted from 0 */
    TransformerBlock(GraphScope scope, FrameMask mask, AttentionBias bias, int index) {
        this.scope = scope;
        this.mask = mask;
        this.bias = bias;
        prefix = TensorNames.layer(index);
    }

    /** Maps {@code [batch · time, width]} to {@code [batch · time, width]}. */
    SDVariable define(SDVariable input) {
        if (scope.config().preNorm()) {
            SDVariable attended = input.add(attention(norm(input, TensorNames.ATTENTION_NORM)));
            return attended.add(feedForward(norm(attended, TensorNames.FINAL_NORM)));
        }
        SDVariable attended = norm(input.add(attention(input)), TensorNames.ATTENTION_NORM);
        return norm(attended.add(feedForward(attended)), TensorNames.FINAL_NORM);
    }

    private SDVariable attention(SDVariable input) {
        SameDiff graph = scope.graph();
        TransformerConfig config = scope.config();
        SDVariable query =
                heads(scope.linear(input, prefix + TensorNames.QUERY).mul(1 / Math.sqrt(config.headWidth())));
        SDVariable key = heads(scope.linear(input, prefix + TensorNames.KEY));
        SDVariable value = heads(scope.linear(input, prefix + TensorNames.VALUE));
        SDVariable scores = graph.linalg().mmul(query, key, false, true, false);
        SDVariable weights = graph.nn().softmax(scores.add(bias.of(input, prefix)), -1);
        SDVariable context = graph.permute(graph.linalg().mmul(weights, value), 0, 2, 1, 3);
        return scope.linear(graph.reshape(context, -1, config.width()), prefix + TensorNames.ATTENTION_OUTPUT);
    }

    private SDVariable feedForward(SDVariable input) {
        SDVariable inner = scope.linear(input, prefix + TensorNames.INNER);
        return scope.linear(scope.activate(inner, scope.config().activation()), prefix + TensorNames.OUTER);
    }

    private SDVariable norm(SDVariable rows, String part) {
        return scope.norm(rows, mask, prefix + part);
    }

    /** Maps {@code [batch · time, width]} to {@code [batch, heads, time, headWidth]}. */
    private SDVariable heads(SDVariable rows) {
        TransformerConfig config = scope.config();
        return scope.graph().permute(mask.unfold(rows, config.heads(), config.headWidth()), 0, 2, 1, 3);
    }
}
