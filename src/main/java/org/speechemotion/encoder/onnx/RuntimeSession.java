package org.speechemotion.encoder.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import org.speechemotion.encoder.PretrainedSettings.ExecutionProvider;
import org.speechemotion.encoder.PretrainedSettings.Processor;
import org.speechemotion.onnx.OnnxGraph;

/** A session of ONNX Runtime with one input {@code [batch, samples]} and one output. It is thread-safe until it is closed. */
final class RuntimeSession implements AutoCloseable {
    /** The number of samples, 10 s, whose memory is kept for the next clip. */
    private static final int MAX_KEPT_SAMPLES = 160_000;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Map<String, OnnxTensorLike> constants = new HashMap<>();

    /**
     * Loads a graph.
     *
     * @param weights the weights that the graph refers to
     * @throws IllegalStateException if ONNX Runtime refuses the graph, or its native library does not run here
     */
    RuntimeSession(OnnxGraph graph, MappedWeights weights, Processor processor, int threads) {
        environment = environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            // A plan of the memory is kept for every length of a clip.
            options.setMemoryPatternOptimization(false);
            if (processor.provider() == ExecutionProvider.CUDA) {
                addCuda(options, processor.device());
            }
            if (weights.folder().isPresent()) {
                options.addConfigEntry(
                        "session.model_external_initializers_file_folder_path",
                        weights.folder().get().toString());
            }
            for (Map.Entry<String, float[]> tensor : weights.inMemory().entrySet()) {
                if (graph.hasConstant(tensor.getKey())) {
                    constants.put(
                            tensor.getKey(),
                            OnnxTensor.createTensor(
                                    environment, direct(tensor.getValue()), weights.shape(tensor.getKey())));
                }
            }
            if (!constants.isEmpty()) {
                options.addExternalInitializers(constants);
            }
            session = environment.createSession(graph.toBytes(), options);
        } catch (OrtException e) {
            closeConstants();
            throw failure(e);
        }
    }

    /** Returns the output for a batch of waveforms, {@code [batch, samples]}, in row-major order. */
    float[] run(float[] waveforms, int batch) {
        try (OnnxTensor input = OnnxTensor.createTensor(
                        environment, FloatBuffer.wrap(waveforms), new long[] {batch, waveforms.length / batch});
                OrtSession.Result result = run(input, waveforms.length > MAX_KEPT_SAMPLES)) {
            return ((OnnxTensor) result.get(0)).getFloatBuffer().array();
        } catch (OrtException e) {
            throw failure(e);
        }
    }

    /** Gives back the memory of a long clip, which would otherwise keep gigabytes. */
    private OrtSession.Result run(OnnxTensor input, boolean isLong) throws OrtException {
        try (OrtSession.RunOptions options = new OrtSession.RunOptions()) {
            if (isLong) {
                options.addRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");
            }
            return session.run(Map.of(session.getInputNames().iterator().next(), input), options);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw failure(e);
        } finally {
            closeConstants();
        }
    }

    /** Asks for a GPU. Its products in TF32, which the GPU would use otherwise, have ten bits. */
    private static void addCuda(OrtSession.SessionOptions options, int device) throws OrtException {
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            throw new IllegalStateException(
                    "encoder.provider is cuda, but this build has ONNX Runtime for CPUs; allowed:"
                            + " cpu, or a build with -Ponnxruntime-cuda");
        }
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(device)) {
            cuda.add("use_tf32", "0");
            options.addCUDA(cuda);
        } catch (OrtException e) {
            throw new IllegalStateException(
                    "encoder.provider is cuda, but GPU " + device + " cannot be used: " + e.getMessage()
                            + "; allowed: cpu, or a machine with an NVIDIA GPU, its driver, CUDA 12 and cuDNN 9",
                    e);
        }
    }

    private void closeConstants() {
        constants.values().forEach(OnnxTensorLike::close);
    }

    private static OrtEnvironment environment() {
        try {
            return Loaded.ENVIRONMENT;
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    "the native library of ONNX Runtime cannot be loaded: "
                            + (e.getCause() == null ? e : e.getCause())
                            + "; encoder.engine=graph needs no such library",
                    e);
        }
    }

    /** Loads the native library for the first session. Its warnings would go to the standard error of a task. */
    private static final class Loaded {
        static final OrtEnvironment ENVIRONMENT =
                OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "speech-emotion-spark");
    }

    private static FloatBuffer direct(float[] values) {
        FloatBuffer buffer = ByteBuffer.allocateDirect(Math.multiplyExact(values.length, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        return buffer.put(values).rewind();
    }

    private static IllegalStateException failure(OrtException e) {
        return new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
    }
}
