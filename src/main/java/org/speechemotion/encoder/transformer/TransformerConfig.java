package org.speechemotion.encoder.transformer;

import java.util.List;
import java.util.Optional;

/**
 * The architecture that a folder's {@code config.json} describes: convolutions over the waveform, a projection, a
 * convolution that tells positions, transformer layers (Baevski et al., arXiv 2006.11477).
 *
 * @param family which family's names and extras: {@code hubert}, {@code wav2vec2}, {@code wavlm}
 * @param convolutions of the feature extractor, in order
 * @param convolutionBias whether they have a bias
 * @param convolutionNorm what normalises them
 * @param convolutionActivation behind each of them, and behind the positional convolution
 * @param projectionNorm whether a layer norm stands before the projection
 * @param width values a frame in the transformer
 * @param layers of the transformer
 * @param heads of its attention; they share the width equally
 * @param innerWidth of its feed-forward parts
 * @param activation of its feed-forward parts
 * @param positionKernel frames that the positional convolution sees
 * @param positionGroups of its channels
 * @param preNorm whether layers normalise what they take ("stable layer norm") rather than what they give
 * @param epsilon of the transformer's and the projection's layer norms; the feature extractor's is always 1e-5
 * @param relativePosition WavLM's, or nothing
 */
public record TransformerConfig(
        String family,
        List<Convolution> convolutions,
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

    /** What normalises the convolutions of the feature extractor. */
    public enum ConvolutionNorm {
        /** Each channel of the first over the clip's time; the others are not normalised. */
        GROUP,
        /** All of them, over the channels, frame by frame. */
        LAYER
    }

    public TransformerConfig {
        convolutions = List.copyOf(convolutions);
    }

    /** Channels that the feature extractor gives. */
    public int featureWidth() {
        return convolutions.get(convolutions.size() - 1).width();
    }

    /** Values a frame of one head. */
    public int headWidth() {
        return width / heads;
    }

    /** Samples from one frame to the next: 320 at 16 kHz is 20 ms. */
    public int hop() {
        return convolutions.stream().mapToInt(Convolution::stride).reduce(1, Math::multiplyExact);
    }

    /** Samples that one frame sees: 400 at 16 kHz is 25 ms. */
    public int receptiveField() {
        int field = 1;
        for (int i = convolutions.size() - 1; i >= 0; i--) {
            Convolution convolution = convolutions.get(i);
            field = Math.addExact(Math.multiplyExact(field - 1, convolution.stride()), convolution.kernel());
        }
        return field;
    }

    /** Exactly how many frames a waveform gives; 0 where it is shorter than {@link #receptiveField()}. */
    public int frames(int samples) {
        int length = samples;
        for (Convolution convolution : convolutions) {
            length = convolution.outputs(length);
        }
        return length;
    }
}
