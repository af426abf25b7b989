package org.speechemotion.encoder.kernel;

import java.util.Optional;
import org.speechemotion.encoder.transformer.EncoderTensors;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.math.Matrix;

/** Embeds features for the first layer: norm, projection, positional convolution and, in post-norm models, another norm. */
final class Embedding implements AutoCloseable {
    private final Optional<LayerNorm> featureNorm;
    private final Linear projection;
    private final PositionalConvolution position;
    private final Optional<LayerNorm> norm;

    Embedding(TransformerConfig config, EncoderTensors tensors) {
        featureNorm = config.projectionNorm()
                ? Optional.of(new LayerNorm(tensors, TensorNames.PROJECTION_NORM, config.epsilon()))
                : Optional.empty();
        projection = Linear.of(tensors, TensorNames.PROJECTION);
        position = new PositionalConvolution(config, tensors);
        norm = config.preNorm()
                ? Optional.empty()
                : Optional.of(new LayerNorm(tensors, TensorNames.NORM, config.epsilon()));
    }

    /**
     * Computes the embedding.
     *
     * @param features {@code [batch.rows(), featureWidth]}; they are normalised in place
     * @param target {@code [batch.rows(), width]}
     */
    void apply(Workspace workspace, PackedBatch batch, Matrix features, Matrix target) {
        featureNorm.ifPresent(part -> normalize(workspace, part, features));
        projection.apply(workspace, features, Optional.empty(), target);
        position.addTo(workspace, batch, target);
        norm.ifPresent(part -> normalize(workspace, part, target));
    }

    @Override
    public void close() {
        projection.close();
        position.close();
    }

    static void normalize(Workspace workspace, LayerNorm norm, Matrix x) {
        ParallelRows.visit(workspace, x.rows(), (row, scratch) -> {
            float[] values = scratch.array(0, x.columns());
            x.get(row, values);
            norm.apply(values);
            x.put(row, values);
        });
    }
}
