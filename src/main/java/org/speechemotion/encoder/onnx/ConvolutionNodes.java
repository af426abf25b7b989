package org.speechemotion.encoder.onnx;

import java.util.List;
import java.util.stream.Stream;
import org.speechemotion.encoder.transformer.ConvolutionShape;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.encoder.transformer.TransformerConfig.ConvolutionNorm;
import org.speechemotion.onnx.Attribute;

/** Defines the convolutions over the waveform and the positional convolution. */
final class ConvolutionNodes {
    /** The epsilon of all norms of the feature extractor; {@code layer_norm_eps} applies to the transformer only. */
    private static final double EPSILON = 1e-5;

    private final EncoderScope scope;

    ConvolutionNodes(EncoderScope scope) {
        this.scope = scope;
    }

    /**
     * Maps {@code [batch, samples]} to {@code [batch, time, featureWidth]}. The convolutions have a height of 1, because ONNX
     * Runtime has faster code for two dimensions.
     */
    String features(String waveform) {
        TransformerConfig config = scope.config();
        String signal =
                scope.graph().add("Unsqueeze", List.of(waveform, scope.graph().integers(1, 2)));
        for (int i = 0; i < config.convolutions().size(); i++) {
            ConvolutionShape convolution = config.convolutions().get(i);
            String part = TensorNames.convolution(i);
            String weight = scope.graph()
                    .add(
                            "Unsqueeze",
                            List.of(scope.weight(part + ".conv"), scope.graph().integers(2)));
            signal = scope.graph()
                    .add(
                            "Conv",
                            Stream.concat(
                                            Stream.of(signal, weight),
                                            config.convolutionBias()
                                                    ? Stream.of(scope.bias(part + ".conv"))
                                                    : Stream.empty())
                                    .toList(),
                            Attribute.list("kernel_shape", 1, convolution.kernel()),
                            Attribute.list("strides", 1, convolution.stride()));
            if (config.convolutionNorm() == ConvolutionNorm.LAYER) {
                signal = channelsLast(scope.norm(channelsLast(signal), part + ".layer_norm", EPSILON));
            } else if (i == 0) {
                signal = groupNorm(signal, part + ".layer_norm");
            }
            signal = scope.activate(signal, config.convolutionActivation());
        }
        return scope.graph()
                .add("Squeeze", List.of(channelsLast(signal), scope.graph().integers(2)));
    }

    /** Maps {@code [batch, channels, 1, time]} to {@code [batch, time, 1, channels]}, and back. */
    private String channelsLast(String signal) {
        return scope.transpose(signal, 0, 3, 2, 1);
    }

    /** Maps {@code [batch, time, width]} to the embedding of the positions, of the same shape. */
    String positions(String frames) {
        TransformerConfig config = scope.config();
        int kernel = config.positionKernel();
        // An even kernel would yield one frame too many.
        String convolved = scope.graph()
                .add(
                        "Conv",
                        List.of(
                                scope.transpose(frames, 0, 2, 1),
                                scope.weight(TensorNames.POSITION),
                                scope.bias(TensorNames.POSITION)),
                        Attribute.of("group", config.positionGroups()),
                        Attribute.list("kernel_shape", kernel),
                        Attribute.list("pads", kernel / 2, (kernel - 1) / 2));
        return scope.activate(scope.transpose(convolved, 0, 2, 1), config.convolutionActivation());
    }

    /** Applies group normalisation with one channel per group (Wu and He, arXiv 1803.08494). */
    private String groupNorm(String signal, String part) {
        return scope.graph()
                .add(
                        "InstanceNormalization",
                        List.of(signal, scope.weight(part), scope.bias(part)),
                        Attribute.of("epsilon", EPSILON));
    }
}
