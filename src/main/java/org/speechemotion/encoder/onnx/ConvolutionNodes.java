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

    /** Maps {@code [batch, samples]} to {@code [batch, time, featureWidth]}. */
    String features(String waveform) {
        TransformerConfig config = scope.config();
        String signal =
                scope.graph().add("Unsqueeze", List.of(waveform, scope.graph().integers(1)));
        for (int i = 0; i < config.convolutions().size(); i++) {
            ConvolutionShape convolution = config.convolutions().get(i);
            String part = TensorNames.convolution(i);
            String weight = scope.weight(part + ".conv");
            signal = scope.graph()
                    .add(
                            "Conv",
                            Stream.concat(
                                            Stream.of(signal, weight),
                                            config.convolutionBias()
                                                    ? Stream.of(scope.bias(part + ".conv"))
                                                    : Stream.empty())
                                    .toList(),
                            Attribute.list("kernel_shape", convolution.kernel()),
                            Attribute.list("strides", convolution.stride()));
            if (config.convolutionNorm() == ConvolutionNorm.LAYER) {
                signal = scope.transpose(
                        scope.norm(scope.transpose(signal, 0, 2, 1), part + ".layer_norm", EPSILON), 0, 2, 1);
            } else if (i == 0) {
                signal = groupNorm(signal, part + ".layer_norm");
            }
            signal = scope.activate(signal, config.convolutionActivation());
        }
        return scope.transpose(signal, 0, 2, 1);
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
