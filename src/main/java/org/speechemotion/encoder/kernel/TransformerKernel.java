package org.speechemotion.encoder.kernel;

import java.util.Optional;
import org.speechemotion.encoder.transformer.Activation;
import org.speechemotion.encoder.transformer.EncoderTensors;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.math.Matrix;

/**
 * One transformer layer: attention and a feed-forward part with residual connections. Post-norm layers normalise their
 * output (Vaswani et al., arXiv 1706.03762), pre-norm layers their input (Xiong et al., arXiv 2002.04745).
 */
final class TransformerKernel implements AutoCloseable {
    private final boolean preNorm;
    private final Activation activation;
    private final SelfAttention attention;
    private final Linear attentionOutput;
    private final LayerNorm attentionNorm;
    private final Linear inner;
    private final Linear outer;
    private final LayerNorm finalNorm;

    TransformerKernel(TransformerConfig config, EncoderTensors tensors, int index) {
        String layer = TensorNames.layer(index);
        preNorm = config.preNorm();
        activation = config.activation();
        attention = new SelfAttention(config, tensors, layer);
        attentionOutput = Linear.of(tensors, layer + TensorNames.ATTENTION_OUTPUT);
        attentionNorm = new LayerNorm(tensors, layer + TensorNames.ATTENTION_NORM, config.epsilon());
        inner = Linear.of(tensors, layer + TensorNames.INNER);
        outer = Linear.of(tensors, layer + TensorNames.OUTER);
        finalNorm = new LayerNorm(tensors, layer + TensorNames.FINAL_NORM, config.epsilon());
    }

    /**
     * Replaces a hidden state by the next one.
     *
     * @param x {@code [batch.rows(), width]} without gaps
     * @param biases the biases for {@link SelfAttention#apply}
     */
    void apply(Workspace workspace, PackedBatch batch, Matrix x, Optional<float[][]> biases) {
        add(workspace, x, attentionNorm, attentionOutput, source -> {
            Matrix context = workspace.matrix(Workspace.Shared.CONTEXT, x.rows(), x.columns());
            attention.apply(workspace, batch, source, biases, context);
            return context;
        });
        add(workspace, x, finalNorm, outer, source -> {
            Matrix hidden = workspace.matrix(Workspace.Shared.INNER, x.rows(), inner.outputs());
            inner.apply(workspace, source, Optional.of(activation), hidden);
            return hidden;
        });
    }

    @Override
    public void close() {
        attention.close();
        attentionOutput.close();
        inner.close();
        outer.close();
    }

    /** A residual branch without its last linear layer. */
    @FunctionalInterface
    private interface Branch {
        Matrix apply(Matrix source);
    }

    private void add(Workspace workspace, Matrix x, LayerNorm norm, Linear last, Branch branch) {
        if (preNorm) {
            Matrix source = workspace.matrix(Workspace.Shared.NORMALIZED, x.rows(), x.columns());
            ParallelRows.visit(workspace, x.rows(), (row, scratch) -> {
                float[] values = scratch.array(0, x.columns());
                x.get(row, values);
                float[] shifted = scratch.array(1, x.columns());
                System.arraycopy(values, 0, shifted, 0, x.columns());
                Pointwise.add(shifted, last.bias(), x.columns());
                x.put(row, shifted);
                norm.apply(values);
                source.put(row, values);
            });
            last.addProduct(workspace, branch.apply(source), x);
        } else {
            last.addProduct(workspace, branch.apply(x), x);
            ParallelRows.visit(workspace, x.rows(), (row, scratch) -> {
                float[] values = scratch.array(0, x.columns());
                x.get(row, values);
                Pointwise.add(values, last.bias(), x.columns());
                norm.apply(values);
                x.put(row, values);
            });
        }
    }
}
