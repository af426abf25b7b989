package org.speechemotion.model;

import java.util.List;

/**
 * The shape of the trained network.
 *
 * @param context the convolutions between the encoder and the pooling
 * @param poolingDeviation whether the pooling adds the weighted standard deviation to the weighted mean
 * @param poolingNormalization whether what is pooled is batch-normalised: in training by the batch, after it by the
 *     running statistics, so that a prediction does not depend on its batch
 * @param hiddenWidth units of the layer between pooling and logits
 * @param dropout share of units dropped, in training, before each of the two linear layers
 */
public record NetworkSettings(
        ContextSettings context,
        boolean poolingDeviation,
        boolean poolingNormalization,
        int hiddenWidth,
        double dropout) {

    public NetworkSettings {
        positive("hidden-width", hiddenWidth);
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout is " + dropout + ": allowed is 0 up to, not including, 1");
        }
    }

    /** The same with nothing between the encoder and the pooling. */
    public NetworkSettings withoutContext() {
        return new NetworkSettings(
                new ContextSettings(context.width(), List.of(), List.of()),
                poolingDeviation,
                poolingNormalization,
                hiddenWidth,
                dropout);
    }

    /**
     * The context network: one masked convolution per kernel.
     *
     * @param width values a frame behind each convolution
     * @param kernels frames that each convolution sees; empty for no context network
     * @param strides frames that each convolution moves by, as many as kernels
     */
    public record ContextSettings(int width, List<Integer> kernels, List<Integer> strides) {
        public ContextSettings {
            kernels = List.copyOf(kernels);
            strides = List.copyOf(strides);
            positive("context.width", width);
            if (kernels.size() != strides.size()) {
                throw new IllegalArgumentException("context.kernels " + kernels + " and context.strides " + strides
                        + ": expected one stride for each kernel");
            }
            for (int i = 0; i < kernels.size(); i++) {
                if (strides.get(i) < 1 || kernels.get(i) < strides.get(i)) {
                    throw new IllegalArgumentException("context.kernels " + kernels + ", context.strides " + strides
                            + ": allowed is kernel ≥ stride ≥ 1");
                }
            }
        }

        /** Input frames per frame that reaches the pooling. */
        public int totalStride() {
            return strides.stream().reduce(1, Math::multiplyExact);
        }
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ": allowed is 1 or more");
        }
    }
}
