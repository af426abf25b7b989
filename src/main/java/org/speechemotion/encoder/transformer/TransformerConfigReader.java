package org.speechemotion.encoder.transformer;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.speechemotion.encoder.transformer.TransformerConfig.ConvolutionNorm;
import org.speechemotion.plugin.Plugins;
import org.speechemotion.plugin.UnknownPluginException;
import org.speechemotion.weights.WeightsException;

/** Reads an architecture from a {@code config.json} of the Hugging Face library {@code transformers}. */
public final class TransformerConfigReader {
    /** Far above any known model, and small enough that no product of two sizes overflows. */
    private static final int MAX_WIDTH = 1 << 15;

    private static final int MAX_LAYERS = 1000;

    private TransformerConfigReader() {}

    /**
     * Reads a {@code config.json}.
     *
     * @throws WeightsException if the model type is unknown or a value is not supported
     */
    public static TransformerConfig read(ConfigFile file) {
        TransformerFamily family = family(file);
        rejectUnsupported(file);
        int width = file.integer("hidden_size", 768, 1, MAX_WIDTH);
        int heads = file.integer("num_attention_heads", 12, 1, MAX_WIDTH);
        int positionKernel = file.integer("num_conv_pos_embeddings", 128, 1, MAX_WIDTH);
        int positionGroups = file.integer("num_conv_pos_embedding_groups", 16, 1, MAX_WIDTH);
        if (width % heads != 0) {
            throw file.wrong("num_attention_heads", "a divisor of hidden_size, which is " + width);
        }
        if (width % positionGroups != 0) {
            throw file.wrong("num_conv_pos_embedding_groups", "a divisor of hidden_size, which is " + width);
        }
        return new TransformerConfig(
                family.name(),
                convolutions(file),
                file.bool("conv_bias", false),
                file.choice("feat_extract_norm", ConvolutionNorm.GROUP),
                file.choice("feat_extract_activation", Activation.GELU),
                family.projectionNorm(file),
                width,
                file.integer("num_hidden_layers", 12, 1, MAX_LAYERS),
                heads,
                file.integer("intermediate_size", 3072, 1, MAX_WIDTH),
                file.choice("hidden_act", Activation.GELU),
                positionKernel,
                positionGroups,
                file.bool("do_stable_layer_norm", false),
                file.number("layer_norm_eps", 1e-5),
                family.relativePosition(file));
    }

    private static TransformerFamily family(ConfigFile file) {
        String type = file.text("model_type");
        try {
            return Plugins.find(TransformerFamily.class, type);
        } catch (UnknownPluginException e) {
            List<String> known = Plugins.all(TransformerFamily.class).stream()
                    .map(TransformerFamily::name)
                    .toList();
            WeightsException wrong = file.wrong("model_type", "one of " + known);
            wrong.initCause(e);
            throw wrong;
        }
    }

    private static List<ConvolutionShape> convolutions(ConfigFile file) {
        List<Integer> widths = file.integers("conv_dim", Collections.nCopies(7, 512), 1, MAX_WIDTH);
        List<Integer> kernels = file.integers("conv_kernel", List.of(10, 3, 3, 3, 3, 2, 2), 1, 1000);
        List<Integer> strides = file.integers("conv_stride", List.of(5, 2, 2, 2, 2, 2, 2), 1, 1000);
        if (kernels.size() != widths.size() || strides.size() != widths.size() || widths.size() > 20) {
            throw file.wrong("conv_kernel", "as many integers as conv_dim and conv_stride have, at most 20");
        }
        for (int i = 0; i < widths.size(); i++) {
            if (strides.get(i) > kernels.get(i)) {
                throw file.wrong("conv_stride", "at most conv_kernel, which is " + kernels);
            }
        }
        List<ConvolutionShape> convolutions = IntStream.range(0, widths.size())
                .mapToObj(i -> new ConvolutionShape(widths.get(i), kernels.get(i), strides.get(i)))
                .toList();
        if (strides.stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b) > 1 << 20) {
            throw file.wrong("conv_stride", "integers whose product is at most " + (1 << 20));
        }
        return convolutions;
    }

    private static void rejectUnsupported(ConfigFile file) {
        file.requireSupported("conv_pos_batch_norm", false);
        file.requireSupported("add_adapter", false);
        if (file.integer("adapter_attn_dim", 0, 0, Integer.MAX_VALUE) > 0) {
            throw file.wrong("adapter_attn_dim", "null: attention adapters are not supported");
        }
    }
}
