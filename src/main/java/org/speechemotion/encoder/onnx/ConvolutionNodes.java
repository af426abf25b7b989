package org.speechemotion.encoder.onnx;

import java.util.ArrayList;
import java.util.List;
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
            String part = TensorNames.convolution(i);
            if (config.convolutionNorm() == ConvolutionNorm.LAYER) {
                String convolved = convolution(signal, i);
                signal = channelsLast(scope.norm(channelsLast(convolved), part + ".layer_norm", EPSILON));
            } else if (i == 0) {
                signal = normalizedConvolution(waveform, part);
            } else {
                signal = convolution(signal, i);
            }
            signal = scope.activate(signal, config.convolutionActivation());
        }
        return scope.graph()
                .add("Squeeze", List.of(channelsLast(signal), scope.graph().integers(2)));
    }

    private String convolution(String signal, int index) {
        ConvolutionShape shape = scope.config().convolutions().get(index);
        String part = TensorNames.convolution(index) + ".conv";
        List<String> arguments = new ArrayList<>();
        arguments.add(signal);
        arguments.add(scope.graph()
                .add("Unsqueeze", List.of(scope.weight(part), scope.graph().integers(2))));
        if (scope.config().convolutionBias()) {
            arguments.add(scope.bias(part));
        }
        return scope.graph()
                .add(
                        "Conv",
                        arguments,
                        Attribute.list("kernel_shape", 1, shape.kernel()),
                        Attribute.list("strides", 1, shape.stride()));
    }

    private String normalizedConvolution(String waveform, String part) {
        String norm = part + ".layer_norm";
        String normalized = new NormalizedConvolution(
                        scope.graph(), scope.config().convolutions().get(0), EPSILON)
                .define(waveform, scope.weight(part + ".conv"), scope.weight(norm), scope.bias(norm));
        return scope.graph().add("Unsqueeze", List.of(normalized, scope.graph().integers(2)));
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
}
