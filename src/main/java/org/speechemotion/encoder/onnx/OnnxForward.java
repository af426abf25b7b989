package org.speechemotion.encoder.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.PretrainedSettings.ExecutionProvider;
import org.speechemotion.encoder.PretrainedSettings.Precision;
import org.speechemotion.encoder.PretrainedSettings.Processor;
import org.speechemotion.encoder.transformer.EncoderTensors;
import org.speechemotion.encoder.transformer.FrozenForward;
import org.speechemotion.encoder.transformer.Tap;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.onnx.OnnxGraph;

/**
 * Runs a frozen encoder by ONNX Runtime. Clips are never padded: a CPU encodes them one by one, which is nearly as fast as a batch,
 * and a GPU those of equal lengths together. There is one session for each tap, and all calls share its threads.
 */
public final class OnnxForward implements FrozenForward {
    /** Two minutes at 16 kHz, whose activations take about 3 GB with the sizes of HuBERT-base. */
    private static final int MAX_BATCH_SAMPLES = 120 * 16_000;

    private static final String WAVEFORM = "waveform";
    private static final String FRAMES = "frames";

    private final TransformerConfig config;
    private final MappedWeights weights;
    private final Precision precision;
    private final Processor processor;
    private final int threads;
    private final Map<Tap, RuntimeSession> sessions = new HashMap<>();
    /** Runs share it, and {@link #close} waits for them. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private boolean closed;

    /**
     * Finds the weights.
     *
     * @param tensors the tensors, which may be closed afterwards; their files must not change until this is closed
     * @param precision the numbers in which linear layers multiply
     * @param processor the processor that runs the graph
     * @param threads the number of threads of one call including the caller's, at least 1
     * @throws org.speechemotion.weights.WeightsException if a tensor cannot be read
     */
    public OnnxForward(
            TransformerConfig config, EncoderTensors tensors, Precision precision, Processor processor, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + "; allowed: at least 1");
        }
        this.config = config;
        this.threads = threads;
        weights = new MappedWeights(config, tensors, precision);
        this.precision = precision;
        this.processor = processor;
    }

    /**
     * Encodes clips.
     *
     * @throws IllegalArgumentException if a waveform is too short for a frame, or the tap does not exist
     * @throws IllegalStateException if this encoder is closed, or ONNX Runtime fails
     */
    @Override
    public List<Frames> run(List<float[]> waveforms, Tap tap) {
        for (int i = 0; i < waveforms.size(); i++) {
            if (waveforms.get(i).length < config.receptiveField()) {
                throw new IllegalArgumentException("clip " + i + " has " + waveforms.get(i).length
                        + " samples; allowed: at least " + config.receptiveField());
            }
        }
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the encoder is closed");
            }
            RuntimeSession session = session(tap);
            Frames[] results = new Frames[waveforms.size()];
            for (List<Integer> batch : batches(waveforms)) {
                run(session, waveforms, batch, tap.width(config), results);
            }
            return List.of(results);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Returns the indices of clips of equal lengths that run together: on a CPU one at a time, which is nearly as fast. */
    private List<List<Integer>> batches(List<float[]> waveforms) {
        Map<Integer, List<Integer>> open = new HashMap<>();
        List<List<Integer>> batches = new ArrayList<>();
        for (int i = 0; i < waveforms.size(); i++) {
            int length = waveforms.get(i).length;
            List<Integer> batch = open.get(length);
            boolean isFull = batch == null
                    || processor.provider() == ExecutionProvider.CPU
                    || (batch.size() + 1L) * length > MAX_BATCH_SAMPLES;
            if (isFull) {
                batch = new ArrayList<>();
                batches.add(batch);
                open.put(length, batch);
            }
            batch.add(i);
        }
        return batches;
    }

    private static void run(
            RuntimeSession session, List<float[]> waveforms, List<Integer> batch, int width, Frames[] results) {
        int samples = waveforms.get(batch.get(0)).length;
        float[] together = new float[Math.multiplyExact(batch.size(), samples)];
        for (int i = 0; i < batch.size(); i++) {
            System.arraycopy(waveforms.get(batch.get(i)), 0, together, i * samples, samples);
        }
        float[] values = session.run(together, batch.size());
        int size = values.length / batch.size();
        for (int i = 0; i < batch.size(); i++) {
            results[batch.get(i)] =
                    new Frames(Arrays.copyOfRange(values, i * size, (i + 1) * size), size / width, width);
        }
    }

    /** Waits for running calls, then frees the memory and ends the threads. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            closed = true;
            sessions.values().forEach(RuntimeSession::close);
            sessions.clear();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private synchronized RuntimeSession session(Tap tap) {
        return sessions.computeIfAbsent(tap, this::open);
    }

    private RuntimeSession open(Tap tap) {
        OnnxGraph graph = new OnnxGraph(config.family());
        String waveform = graph.input(WAVEFORM, "batch", "samples");
        String end = new EncoderNodes(new EncoderScope(graph, config, weights, precision)).define(waveform, tap);
        graph.output(FRAMES, end, "batch", "time", tap.width(config));
        return new RuntimeSession(graph, weights, processor, threads);
    }
}
