package org.speechemotion.encoder;

import java.io.Serializable;
import java.util.Objects;

/**
 * Which folder of a pretrained encoder to open, and how it is run.
 *
 * @param path local folder as Hugging Face lays it out; "" for none
 * @param layer whose output is used: {@code last}, a number (0 is what the first layer takes), or {@code weighted} for
 *     all of them, side by side
 * @param fineTuning how much of it is trained, and so is not run by the encoder
 * @param engine what runs it
 * @param threads of one call; 0 for all processors
 * @param windowSeconds longer clips are encoded in windows of this length, in s
 * @param overlapSeconds that neighbouring windows share, in s
 */
public record PretrainedSettings(
        String path,
        String layer,
        FineTuning fineTuning,
        Engine engine,
        int threads,
        double windowSeconds,
        double overlapSeconds)
        implements Serializable {
    public static final String LAST = "last";
    public static final String WEIGHTED = "weighted";

    /** What runs the frozen part. Their results differ by rounding alone. */
    public enum Engine {
        /** Blocked matrix products and plain loops, on the CPU. */
        KERNELS,
        /** A SameDiff graph, on whatever ND4J runs on. */
        GRAPH
    }

    /**
     * What is trained.
     *
     * @param unfreezeLastNLayers so many of the last layers, with all else frozen
     * @param freezeEncoder false to train every layer, whatever the number is
     * @param freezeFeatureExtractor false to train the convolutions over the waveform too, where the encoder is trained
     */
    public record FineTuning(int unfreezeLastNLayers, boolean freezeEncoder, boolean freezeFeatureExtractor)
            implements Serializable {
        public static final FineTuning NONE = new FineTuning(0, true, true);

        public FineTuning {
            if (unfreezeLastNLayers < 0) {
                throw new IllegalArgumentException(
                        "unfreeze-last-n-layers is " + unfreezeLastNLayers + ": allowed is 0 or more");
            }
        }

        public boolean isAny() {
            return unfreezeLastNLayers > 0 || !freezeEncoder;
        }
    }

    public PretrainedSettings {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(fineTuning, "fineTuning");
        Objects.requireNonNull(engine, "engine");
        if (!layer.equals(LAST) && !layer.equals(WEIGHTED) && !layer.matches("[0-9]{1,4}")) {
            throw new IllegalArgumentException(
                    "encoder.layer is " + layer + ": allowed are last, weighted, and a number from 0");
        }
        if (threads < 0) {
            throw new IllegalArgumentException("encoder.threads is " + threads + ": allowed is 0 or more");
        }
        if (!(overlapSeconds >= 0 && windowSeconds >= 1 && overlapSeconds <= windowSeconds / 2)) {
            throw new IllegalArgumentException("encoder.window-seconds is " + windowSeconds
                    + " and encoder.overlap-seconds " + overlapSeconds
                    + ": allowed are windows from 1 s and overlaps up to half of them");
        }
    }

    /** Whether every layer's output is used. */
    public boolean isWeighted() {
        return layer.equals(WEIGHTED);
    }

    /** None. */
    public static PretrainedSettings none() {
        return at("");
    }

    /** The last layer of a folder, frozen. */
    public static PretrainedSettings at(String path) {
        return new PretrainedSettings(path, LAST, FineTuning.NONE, Engine.KERNELS, 0, 60, 4);
    }

    /** The same in another place. */
    public PretrainedSettings withPath(String path) {
        return new PretrainedSettings(path, layer, fineTuning, engine, threads, windowSeconds, overlapSeconds);
    }

    /** The same, run in another way: its results differ by rounding alone. */
    public PretrainedSettings runBy(Engine engine, int threads) {
        return new PretrainedSettings(path, layer, fineTuning, engine, threads, windowSeconds, overlapSeconds);
    }
}
