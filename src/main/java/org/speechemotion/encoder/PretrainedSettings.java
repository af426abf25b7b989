package org.speechemotion.encoder;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;

/**
 * Selects the folder of a pretrained encoder and the way to run it.
 *
 * @param path a folder in the layout of Hugging Face; "" for none
 * @param layer the layer whose output is used: {@code last}, a number (0 is the input of the first layer), or
 *     {@code weighted} for the concatenation of all of them
 * @param fineTuning the part that is trained with the network, and so is not run by the encoder
 * @param execution the way in which the frozen part is computed
 * @param trimDecibels leading and trailing parts of a clip whose level is farther below the loudest one than this, in dB, are
 *     no speech and are cut off; 0 keeps them
 * @param windows the windows in which longer clips are encoded
 */
public record PretrainedSettings(
        String path, String layer, FineTuning fineTuning, Execution execution, double trimDecibels, Windows windows)
        implements Serializable {
    public static final String LAST = "last";
    public static final String WEIGHTED = "weighted";

    /** An engine for the frozen part. The results of all engines agree up to rounding. */
    public enum Engine {
        /** ONNX Runtime, on the CPU or on a GPU. */
        ONNX,
        /** A SameDiff graph on any backend of ND4J. */
        GRAPH
    }

    /** The numbers in which the frozen part multiplies matrices. */
    public enum Precision {
        /** 32-bit floating-point numbers. */
        FLOAT32,
        /** 16-bit floating-point numbers in linear layers, for GPUs. Convolutions and attention stay in 32 bits. */
        FLOAT16,
        /**
         * 8-bit integers: weights are scaled by output channel, and activations by their range at run time. Convolutions and
         * attention stay in floating point.
         */
        INT8
    }

    /** The hardware that ONNX Runtime uses. */
    public enum ExecutionProvider {
        CPU,
        /** An NVIDIA GPU. */
        CUDA
    }

    /**
     * A processor.
     *
     * @param device the index of the GPU among those of the machine; without meaning for the CPU
     */
    public record Processor(ExecutionProvider provider, int device) implements Serializable {
        public static final Processor CPU = new Processor(ExecutionProvider.CPU, 0);

        /** @throws IllegalArgumentException if the index is negative */
        public Processor {
            Objects.requireNonNull(provider, "provider");
            if (device < 0) {
                throw new IllegalArgumentException("the index of the GPU is " + device + "; allowed: at least 0");
            }
        }
    }

    /**
     * The part of the encoder that is trained.
     *
     * @param unfreezeLastNLayers the number of last layers to train
     * @param freezeEncoder false to train every layer regardless of that number
     * @param freezeFeatureExtractor false to train the convolutions over the waveform as well, if every layer is trained
     * @param lora the adapters that are trained in these layers instead of their weights, if it is used
     */
    public record FineTuning(int unfreezeLastNLayers, boolean freezeEncoder, boolean freezeFeatureExtractor, Lora lora)
            implements Serializable {
        public static final FineTuning NONE = new FineTuning(0, true, true);

        /** Creates a training without adapters. */
        public FineTuning(int unfreezeLastNLayers, boolean freezeEncoder, boolean freezeFeatureExtractor) {
            this(unfreezeLastNLayers, freezeEncoder, freezeFeatureExtractor, Lora.NONE);
        }

        public FineTuning {
            if (lora.isUsed() && freezeEncoder && unfreezeLastNLayers == 0) {
                throw new IllegalArgumentException("lora.rank is " + lora.rank() + ", and no layer has adapters;"
                        + " set unfreeze-last-n-layers above 0, or freeze-encoder = false for all layers");
            }
            if (lora.isUsed() && !freezeFeatureExtractor) {
                throw new IllegalArgumentException("lora.rank is " + lora.rank()
                        + " and freeze-feature-extractor is false; allowed with adapters: true");
            }
            if (unfreezeLastNLayers < 0) {
                throw new IllegalArgumentException(
                        "unfreeze-last-n-layers is " + unfreezeLastNLayers + "; allowed: at least 0");
            }
        }

        /** Returns whether any part of the encoder is trained. */
        public boolean isAny() {
            return unfreezeLastNLayers > 0 || !freezeEncoder;
        }
    }

    /**
     * The way in which the frozen part is computed.
     *
     * @param engine the engine that runs it
     * @param precision the numbers in which the engine multiplies matrices
     * @param processor the processor that ONNX Runtime uses
     * @param threads the number of threads of one call; 0 for all processors
     */
    public record Execution(Engine engine, Precision precision, Processor processor, int threads)
            implements Serializable {
        public static final Execution DEFAULT = new Execution(Engine.ONNX, Precision.FLOAT32, Processor.CPU, 0);

        public Execution {
            Objects.requireNonNull(engine, "engine");
            Objects.requireNonNull(precision, "precision");
            Objects.requireNonNull(processor, "processor");
            requireOnnx(
                    "encoder.precision",
                    precision != Precision.FLOAT32,
                    precision.name().toLowerCase(Locale.ROOT),
                    engine);
            requireOnnx("encoder.provider", processor.provider() == ExecutionProvider.CUDA, "cuda", engine);
            if (precision == Precision.INT8 && processor.provider() == ExecutionProvider.CUDA) {
                throw new IllegalArgumentException(
                        "encoder.precision is int8 and encoder.provider is cuda; allowed with cuda: float32, float16");
            }
            if (threads < 0) {
                throw new IllegalArgumentException("encoder.threads is " + threads + "; allowed: at least 0");
            }
        }

        private static void requireOnnx(String key, boolean isSet, String value, Engine engine) {
            if (isSet && engine != Engine.ONNX) {
                throw new IllegalArgumentException(key + " is " + value + " and encoder.engine is "
                        + engine.name().toLowerCase(Locale.ROOT) + "; allowed with " + value + ": onnx");
            }
        }
    }

    /**
     * The windows in which longer clips are encoded.
     *
     * @param seconds their length, in s
     * @param overlapSeconds the overlap of neighbouring windows, in s
     */
    public record Windows(double seconds, double overlapSeconds) implements Serializable {
        public Windows {
            if (!(overlapSeconds >= 0 && seconds >= 1 && overlapSeconds <= seconds / 2)) {
                throw new IllegalArgumentException("encoder.window-seconds is " + seconds
                        + " and encoder.overlap-seconds is " + overlapSeconds
                        + "; allowed: windows from 1 s and overlaps of at most half a window");
            }
        }
    }

    public PretrainedSettings {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(fineTuning, "fineTuning");
        Objects.requireNonNull(execution, "execution");
        Objects.requireNonNull(windows, "windows");
        if (!layer.equals(LAST) && !layer.equals(WEIGHTED) && !layer.matches("[0-9]{1,4}")) {
            throw new IllegalArgumentException(
                    "encoder.layer is " + layer + "; allowed: last, weighted, or a number from 0");
        }
        if (!(trimDecibels >= 0 && trimDecibels < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "encoder.trim-decibels is " + trimDecibels + "; allowed: finite and at least 0");
        }
    }

    /** Returns whether the outputs of all layers are used. */
    public boolean isWeighted() {
        return layer.equals(WEIGHTED);
    }

    /** Returns settings without a folder. */
    public static PretrainedSettings none() {
        return at("");
    }

    /** Returns settings that use the last layer of a frozen encoder. */
    public static PretrainedSettings at(String path) {
        return new PretrainedSettings(path, LAST, FineTuning.NONE, Execution.DEFAULT, 30, new Windows(60, 4));
    }

    /** Returns these settings with another folder. */
    public PretrainedSettings withPath(String other) {
        return new PretrainedSettings(other, layer, fineTuning, execution, trimDecibels, windows);
    }

    /** Returns these settings with another layer. */
    public PretrainedSettings withLayer(String other) {
        return new PretrainedSettings(path, other, fineTuning, execution, trimDecibels, windows);
    }

    /** Returns these settings with another trained part. */
    public PretrainedSettings withFineTuning(FineTuning other) {
        return new PretrainedSettings(path, layer, other, execution, trimDecibels, windows);
    }

    /** Returns these settings with another engine and number of threads, which changes results by rounding only. */
    public PretrainedSettings runBy(Engine engine, int threads) {
        return with(new Execution(engine, execution.precision, execution.processor, threads));
    }

    /** Returns these settings with another precision, which changes the results. */
    public PretrainedSettings withPrecision(Precision other) {
        return with(new Execution(execution.engine, other, execution.processor, execution.threads));
    }

    /** Returns these settings with another processor, which changes results by rounding only. */
    public PretrainedSettings withProcessor(Processor other) {
        return with(new Execution(execution.engine, execution.precision, other, execution.threads));
    }

    private PretrainedSettings with(Execution other) {
        return new PretrainedSettings(path, layer, fineTuning, other, trimDecibels, windows);
    }

    /** Returns these settings with another distance of speech to the loudest part, in dB; 0 keeps the whole clip. */
    public PretrainedSettings withTrim(double decibels) {
        return new PretrainedSettings(path, layer, fineTuning, execution, decibels, windows);
    }

    /** Returns these settings with other windows, in s. */
    public PretrainedSettings withWindows(double seconds, double overlap) {
        return new PretrainedSettings(path, layer, fineTuning, execution, trimDecibels, new Windows(seconds, overlap));
    }
}
