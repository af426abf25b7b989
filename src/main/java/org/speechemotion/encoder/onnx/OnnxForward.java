package org.speechemotion.encoder.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.PretrainedSettings.Precision;
import org.speechemotion.encoder.transformer.EncoderTensors;
import org.speechemotion.encoder.transformer.FrozenForward;
import org.speechemotion.encoder.transformer.Tap;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.onnx.OnnxGraph;

/**
 * Runs a frozen encoder by ONNX Runtime. Clips are encoded one by one, which is as fast as a batch and needs no padding. There is
 * one session for each tap, and all calls share its threads.
 */
public final class OnnxForward implements FrozenForward {
    private static final String WAVEFORM = "waveform";
    private static final String FRAMES = "frames";

    private final TransformerConfig config;
    private final MappedWeights weights;
    private final Precision precision;
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
     * @param threads the number of threads of one call including the caller's, at least 1
     * @throws org.speechemotion.weights.WeightsException if a tensor cannot be read
     */
    public OnnxForward(TransformerConfig config, EncoderTensors tensors, Precision precision, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + "; allowed: at least 1");
        }
        this.config = config;
        this.threads = threads;
        weights = new MappedWeights(config, tensors, precision);
        this.precision = precision;
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
            List<Frames> results = new ArrayList<>();
            for (float[] waveform : waveforms) {
                float[] values = session.run(waveform);
                int width = tap.width(config);
                results.add(new Frames(values, values.length / width, width));
            }
            return results;
        } finally {
            lock.readLock().unlock();
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
        return new RuntimeSession(graph, weights, threads);
    }
}
