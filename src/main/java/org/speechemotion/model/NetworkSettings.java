package org.speechemotion.model;

import java.util.List;

/**
 * The settings of the trained network's architecture.
 *
 * @param context the settings of the convolutions between the encoder and the pooling
 * @param branches the networks that are trained side by side
 * @param poolingDeviation whether the pooling adds the weighted standard deviation to the weighted mean
 * @param poolingNormalization whether the output of the pooling is batch-normalised: with the statistics of the batch in
 *     training and with running statistics after it, so that a prediction does not depend on its batch
 * @param hiddenWidth the number of units of the layer between pooling and logits
 * @param dropout the share of units that are dropped in training before each of the two linear layers
 */
public record NetworkSettings(
        ContextSettings context,
        BranchSettings branches,
        boolean poolingDeviation,
        boolean poolingNormalization,
        int hiddenWidth,
        double dropout) {

    public NetworkSettings {
        positive("hidden-width", hiddenWidth);
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout is " + dropout + "; allowed: at least 0 and below 1");
        }
    }

    /** Returns the settings of one branch without dropout, whose pooling adds the deviation and is normalised. */
    public static NetworkSettings of(ContextSettings context, int hiddenWidth) {
        return new NetworkSettings(context, BranchSettings.ONE, true, true, hiddenWidth, 0);
    }

    /** Returns these settings with another pooling. */
    public NetworkSettings withPooling(boolean deviation, boolean normalization) {
        return new NetworkSettings(context, branches, deviation, normalization, hiddenWidth, dropout);
    }

    /** Returns these settings with another share of dropped units. */
    public NetworkSettings withDropout(double share) {
        return new NetworkSettings(context, branches, poolingDeviation, poolingNormalization, hiddenWidth, share);
    }

    /** Returns these settings with other branches. */
    public NetworkSettings with(BranchSettings other) {
        return new NetworkSettings(context, other, poolingDeviation, poolingNormalization, hiddenWidth, dropout);
    }

    /** Returns these settings without a context network. */
    public NetworkSettings withoutContext() {
        return new NetworkSettings(
                new ContextSettings(context.width(), List.of(), List.of()),
                branches,
                poolingDeviation,
                poolingNormalization,
                hiddenWidth,
                dropout);
    }

    /**
     * The context network: one masked convolution per kernel.
     *
     * @param width the number of values per output frame of each convolution
     * @param kernels the kernel of each convolution in frames; empty for no context network
     * @param strides the stride of each convolution in frames, as many as kernels
     */
    public record ContextSettings(int width, List<Integer> kernels, List<Integer> strides) {
        private static final int MAX_LAYERS = 100;
        /** The maximum of the product of the strides, that of a model's time multiple. */
        private static final int MAX_TOTAL_STRIDE = 1 << 16;

        public ContextSettings {
            kernels = List.copyOf(kernels);
            strides = List.copyOf(strides);
            positive("context.width", width);
            if (kernels.size() != strides.size() || kernels.size() > MAX_LAYERS) {
                throw new IllegalArgumentException("context.kernels " + kernels + " and context.strides " + strides
                        + "; allowed: one stride for each kernel, and at most " + MAX_LAYERS + " kernels");
            }
            for (int i = 0; i < kernels.size(); i++) {
                if (strides.get(i) < 1 || kernels.get(i) < strides.get(i)) {
                    throw new IllegalArgumentException("context.kernels " + kernels + ", context.strides " + strides
                            + "; allowed: kernel ≥ stride ≥ 1");
                }
            }
            if (strides.stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b) > MAX_TOTAL_STRIDE) {
                throw new IllegalArgumentException(
                        "the product of context.strides " + strides + "; allowed: at most " + MAX_TOTAL_STRIDE);
            }
        }

        /** Returns the number of input frames per frame of the pooling. */
        public int totalStride() {
            return strides.stream().reduce(1, Math::multiplyExact);
        }
    }

    /**
     * The branches: networks of the same layers that see the same clips and whose logarithms of the probabilities are
     * averaged.
     *
     * @param whole the number of branches that see all values of a frame
     * @param prosody the number of branches that see its prosody only; without effect if the encoder has none
     */
    public record BranchSettings(int whole, int prosody) {
        static final int MAX = 32;

        /** A single network. */
        public static final BranchSettings ONE = new BranchSettings(1, 0);

        public BranchSettings {
            if (whole < 0 || prosody < 0 || whole + prosody < 1 || whole + prosody > MAX) {
                throw new IllegalArgumentException("branches.whole is " + whole + " and branches.prosody is " + prosody
                        + "; allowed: 0 or more each, and 1 to " + MAX + " together");
            }
        }
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + "; allowed: at least 1");
        }
    }
}
