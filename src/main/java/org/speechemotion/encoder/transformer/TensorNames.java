package org.speechemotion.encoder.transformer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.speechemotion.encoder.transformer.TransformerConfig.ConvolutionNorm;
import org.speechemotion.weights.Shape;

/**
 * The names and shapes of the tensors of an architecture. The names are those of Hugging Face without the prefix of the
 * family, and the weight norm of the positional convolution counts as already applied.
 *
 * <p>Linear weights are {@code [out, in]} and convolution weights {@code [out, in, kernel]}.
 */
public final class TensorNames {
    public static final String PROJECTION = "feature_projection.projection";
    public static final String PROJECTION_NORM = "feature_projection.layer_norm";
    /** The positional convolution; its weight is {@code [width, width / groups, kernel]}. */
    public static final String POSITION = "encoder.pos_conv_embed.conv";
    /** The norm before the first layer of a post-norm model, or after the last layer of a pre-norm model. */
    public static final String NORM = "encoder.layer_norm";
    /** The relative positions {@code [buckets, heads]}, which the first layer holds and all layers use. */
    public static final String RELATIVE_POSITION = "encoder.layers.0.attention.rel_attn_embed.weight";

    public static final String QUERY = "attention.q_proj";
    public static final String KEY = "attention.k_proj";
    public static final String VALUE = "attention.v_proj";
    public static final String ATTENTION_OUTPUT = "attention.out_proj";
    public static final String ATTENTION_NORM = "layer_norm";
    public static final String INNER = "feed_forward.intermediate_dense";
    public static final String OUTER = "feed_forward.output_dense";
    public static final String FINAL_NORM = "final_layer_norm";
    /** The gate of the relative positions, {@code [8, headWidth]}. */
    public static final String GATE = "attention.gru_rel_pos_linear";
    /** The scale of the gate, {@code [1, heads, 1, 1]}. */
    public static final String GATE_SCALE = "attention.gru_rel_pos_const";

    private TensorNames() {}

    /** Returns the prefix of the tensors of a convolution, such as {@code .conv.weight} and {@code .layer_norm.weight}. */
    public static String convolution(int index) {
        return "feature_extractor.conv_layers." + index;
    }

    /** Returns the prefix of the tensors of a layer, including the trailing dot. */
    public static String layer(int index) {
        return "encoder.layers." + index + ".";
    }

    /** Returns the tensors of the whole encoder. */
    public static Map<String, Shape> all(TransformerConfig config) {
        Map<String, Shape> tensors = new LinkedHashMap<>(featureExtractor(config));
        tensors.putAll(embedding(config));
        for (int layer = 0; layer < config.layers(); layer++) {
            tensors.putAll(layer(config, layer));
        }
        return tensors;
    }

    /** Returns the tensors of the feature extractor. */
    public static Map<String, Shape> featureExtractor(TransformerConfig config) {
        Map<String, Shape> tensors = new LinkedHashMap<>();
        int inputs = 1;
        for (int i = 0; i < config.convolutions().size(); i++) {
            ConvolutionShape convolution = config.convolutions().get(i);
            String prefix = convolution(i);
            int width = convolution.width();
            tensors.put(prefix + ".conv.weight", Shape.of(width, inputs, convolution.kernel()));
            if (config.convolutionBias()) {
                tensors.put(prefix + ".conv.bias", Shape.of(width));
            }
            if (i == 0 || config.convolutionNorm() == ConvolutionNorm.LAYER) {
                putPair(tensors, prefix + ".layer_norm", Shape.of(width), width);
            }
            inputs = width;
        }
        return tensors;
    }

    /** Returns the tensors between the feature extractor and the first layer, and the norm outside of the layers. */
    public static Map<String, Shape> embedding(TransformerConfig config) {
        Map<String, Shape> tensors = new LinkedHashMap<>();
        int width = config.width();
        if (config.projectionNorm()) {
            putPair(tensors, PROJECTION_NORM, Shape.of(config.featureWidth()), config.featureWidth());
        }
        putPair(tensors, PROJECTION, Shape.of(width, config.featureWidth()), width);
        putPair(tensors, POSITION, Shape.of(width, width / config.positionGroups(), config.positionKernel()), width);
        putPair(tensors, NORM, Shape.of(width), width);
        return tensors;
    }

    /** Returns the tensors of one transformer layer; the first also holds the relative positions. */
    public static Map<String, Shape> layer(TransformerConfig config, int index) {
        Map<String, Shape> tensors = new LinkedHashMap<>();
        String prefix = layer(index);
        int width = config.width();
        for (String linear : new String[] {QUERY, KEY, VALUE, ATTENTION_OUTPUT}) {
            putPair(tensors, prefix + linear, Shape.of(width, width), width);
        }
        config.relativePosition().ifPresent(position -> {
            if (index == 0) {
                tensors.put(RELATIVE_POSITION, Shape.of(position.buckets(), config.heads()));
            }
            putPair(tensors, prefix + GATE, Shape.of(8, config.headWidth()), 8);
            tensors.put(prefix + GATE_SCALE, Shape.of(1, config.heads(), 1, 1));
        });
        putPair(tensors, prefix + ATTENTION_NORM, Shape.of(width), width);
        putPair(tensors, prefix + INNER, Shape.of(config.innerWidth(), width), config.innerWidth());
        putPair(tensors, prefix + OUTER, Shape.of(width, config.innerWidth()), width);
        putPair(tensors, prefix + FINAL_NORM, Shape.of(width), width);
        return tensors;
    }

    private static void putPair(Map<String, Shape> tensors, String prefix, Shape weight, long bias) {
        tensors.put(prefix + ".weight", weight);
        tensors.put(prefix + ".bias", Shape.of(bias));
    }
}
