package org.speechemotion.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.speechemotion.encoder.transformer.Activation;
import org.speechemotion.encoder.transformer.ConvolutionShape;
import org.speechemotion.encoder.transformer.RelativePosition;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.encoder.transformer.TransformerConfig.ConvolutionNorm;

/**
 * Converts an encoder's architecture to plain data with the keys of Hugging Face's {@code config.json} and back, because
 * DL4J cannot serialise records.
 */
final class Architecture {
    private static final int MAX_WIDTH = 1 << 15;
    private static final int MAX_LAYERS = 1000;

    private Architecture() {}

    static Map<String, Object> of(TransformerConfig config) {
        List<ConvolutionShape> convolutions = config.convolutions();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("model_type", config.family());
        data.put("conv_dim", convolutions.stream().map(ConvolutionShape::width).toList());
        data.put(
                "conv_kernel",
                convolutions.stream().map(ConvolutionShape::kernel).toList());
        data.put(
                "conv_stride",
                convolutions.stream().map(ConvolutionShape::stride).toList());
        data.put("conv_bias", config.convolutionBias());
        data.put("feat_extract_norm", config.convolutionNorm().name());
        data.put("feat_extract_activation", config.convolutionActivation().name());
        data.put("feat_proj_layer_norm", config.projectionNorm());
        data.put("hidden_size", config.width());
        data.put("num_hidden_layers", config.layers());
        data.put("num_attention_heads", config.heads());
        data.put("intermediate_size", config.innerWidth());
        data.put("hidden_act", config.activation().name());
        data.put("num_conv_pos_embeddings", config.positionKernel());
        data.put("num_conv_pos_embedding_groups", config.positionGroups());
        data.put("do_stable_layer_norm", config.preNorm());
        data.put("layer_norm_eps", config.epsilon());
        config.relativePosition().ifPresent(position -> {
            data.put("num_buckets", position.buckets());
            data.put("max_bucket_distance", position.maxDistance());
        });
        return data;
    }

    /**
     * Reads the data of {@link #of}.
     *
     * @throws IllegalArgumentException if a key is missing, or its value has another type or is out of bounds
     */
    static TransformerConfig read(Map<String, Object> data) {
        List<Integer> widths = integers(data, "conv_dim");
        List<Integer> kernels = integers(data, "conv_kernel");
        List<Integer> strides = integers(data, "conv_stride");
        if (kernels.size() != widths.size() || strides.size() != widths.size() || widths.isEmpty()) {
            throw new IllegalArgumentException("conv_dim " + widths + ", conv_kernel " + kernels + ", conv_stride "
                    + strides + "; allowed: lists of equal length with at least one number");
        }
        return new TransformerConfig(
                get(data, "model_type", String.class),
                IntStream.range(0, widths.size())
                        .mapToObj(i -> new ConvolutionShape(widths.get(i), kernels.get(i), strides.get(i)))
                        .toList(),
                get(data, "conv_bias", Boolean.class),
                ConvolutionNorm.valueOf(get(data, "feat_extract_norm", String.class)),
                Activation.valueOf(get(data, "feat_extract_activation", String.class)),
                get(data, "feat_proj_layer_norm", Boolean.class),
                size(data, "hidden_size", MAX_WIDTH),
                size(data, "num_hidden_layers", MAX_LAYERS),
                size(data, "num_attention_heads", MAX_WIDTH),
                size(data, "intermediate_size", MAX_WIDTH),
                Activation.valueOf(get(data, "hidden_act", String.class)),
                size(data, "num_conv_pos_embeddings", MAX_WIDTH),
                size(data, "num_conv_pos_embedding_groups", MAX_WIDTH),
                get(data, "do_stable_layer_norm", Boolean.class),
                get(data, "layer_norm_eps", Double.class),
                data.containsKey("num_buckets")
                        ? Optional.of(new RelativePosition(
                                size(data, "num_buckets", MAX_WIDTH), size(data, "max_bucket_distance", MAX_WIDTH)))
                        : Optional.empty());
    }

    private static List<Integer> integers(Map<String, Object> data, String key) {
        List<?> values = get(data, key, List.class);
        return values.stream().map(value -> size(key, value, MAX_WIDTH)).toList();
    }

    private static int size(Map<String, Object> data, String key, int max) {
        return size(key, data.get(key), max);
    }

    /**
     * Checks a size, because DL4J would define parameters without end, or more than fit into memory, if it were out of
     * bounds.
     */
    private static int size(String key, Object value, int max) {
        int size = cast(key, value, Integer.class);
        if (size < 1 || size > max) {
            throw new IllegalArgumentException("the encoder's " + key + " is " + value + "; allowed: 1 to " + max);
        }
        return size;
    }

    private static <T> T get(Map<String, Object> data, String key, Class<T> type) {
        return cast(key, data.get(key), type);
    }

    private static <T> T cast(String key, Object value, Class<T> type) {
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "the encoder's " + key + " is " + value + "; allowed: " + type.getSimpleName());
        }
        return type.cast(value);
    }
}
