package org.speechemotion.encoder.transformer;

import java.util.List;
import java.util.Optional;

/**
 * The architecture that a {@code config.json} describes: convolutions over the waveform, a projection, a positional
 * convolution and transformer layers (Baevski et al., arXiv 2006.11477).
 *
 * @param family the family, whose name is the prefix of the tensors: {@code hubert}, {@code wav2vec2}, {@code wavlm}
 * @param convolutions the convolutions of the feature extractor, in order
 * @param convolutionBias whether the convolutions have a bias
 * @param convolutionNorm the normalisation of the convolutions
 * @param convolutionActivation the activation after each convolution and after the positional convolution
 * @param projectionNorm whether a layer norm precedes the projection
 * @param width the width of the hidden states
 * @param layers the number of transformer layers
 * @param heads the number of attention heads, which share the width equally
 * @param innerWidth the width of the feed-forward layers
 * @param activation the activation of the feed-forward layers
 * @param positionKernel the kernel size of the positional convolution in frames
 * @param positionGroups the number of groups of the positional convolution
 * @param preNorm whether layers normalise their input ("stable layer norm") instead of their output
 * @param epsilon the epsilon of the layer norms of transformer and projection; that of the feature extractor is 1e-5
 * @param relativePosition the relative position bias of WavLM, if the family has one
 */
public record TransformerConfig(
        String family,
        List<ConvolutionShape> convolutions,
        boolean convolutionBias,
        ConvolutionNorm convolutionNorm,
        Activation convolutionActivation,
        boolean projectionNorm,
        int width,
        int layers,
        int heads,
        int innerWidth,
        Activation activation,
        int positionKernel,
        int positionGroups,
        boolean preNorm,
        double epsilon,
        Optional<RelativePosition> relativePosition) {

    /** The normalisation in the feature extractor. */
    public enum ConvolutionNorm {
        /** Each channel of the first convolution is normalised over time; the other convolutions are not normalised. */
        GROUP,
        /** Every convolution is normalised over its channels, frame by frame. */
        LAYER
    }

    public TransformerConfig {
        convolutions = List.copyOf(convolutions);
    }

    /** Returns the number of output channels of the feature extractor. */
    public int featureWidth() {
        return convolutions.get(convolutions.size() - 1).width();
    }

    /** Returns the width of one attention head. */
    public int headWidth() {
        return width / heads;
    }

    /** Returns the hop length in samples; 320 at 16 kHz is 20 ms. */
    public int hop() {
        return convolutions.stream().mapToInt(ConvolutionShape::stride).reduce(1, Math::multiplyExact);
    }

    /** Returns the receptive field of one frame in samples; 400 at 16 kHz is 25 ms. */
    public int receptiveField() {
        int field = 1;
        for (int i = convolutions.size() - 1; i >= 0; i--) {
            ConvolutionShape convolution = convolutions.get(i);
            field = Math.addExact(Math.multiplyExact(field - 1, convolution.stride()), convolution.kernel());
        }
        return field;
    }

    /** Returns the exact number of frames of a waveform; it is 0 below {@link #receptiveField()} samples. */
    public int frames(int samples) {
        int length = samples;
        for (ConvolutionShape convolution : convolutions) {
            length = convolution.outputs(length);
        }
        return length;
    }
}
