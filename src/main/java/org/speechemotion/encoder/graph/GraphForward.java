package org.speechemotion.encoder.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.transformer.EncoderTensors;
import org.speechemotion.encoder.transformer.FrozenForward;
import org.speechemotion.encoder.transformer.Tap;
import org.speechemotion.encoder.transformer.TransformerConfig;

/**
 * Runs an encoder as a SameDiff graph on any backend of ND4J. One batch runs at a time, because ND4J itself uses every core
 * or the device.
 */
public final class GraphForward implements FrozenForward {
    /** The size of a batch including padding; larger ones are no faster and need more memory. */
    private static final int BATCH_SAMPLES = 20 * 16_000;
    /** Lengths are rounded up to a multiple of this, in frames, to limit the number of shapes. */
    private static final int FRAME_BUCKET = 16;

    private static final String WAVEFORM = "waveform";
    private static final String MASK = "mask";

    private final TransformerConfig config;
    private final List<INDArray> weights = new ArrayList<>();
    private final Optional<SDVariable> features;
    private final List<SDVariable> hidden;
    private final InferenceSession session;
    private boolean closed;

    /**
     * Reads every tensor of the encoder.
     *
     * @throws org.speechemotion.weights.WeightsException if one cannot be read
     */
    @SuppressWarnings("try") // the scope only needs closing
    public GraphForward(TransformerConfig config, EncoderTensors tensors) {
        this.config = config;
        try (MemoryWorkspace outside = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            SameDiff graph = SameDiff.create();
            EncoderSpan span = EncoderSpan.above(new Cut.Waveform(), config);
            span.parameters(config).forEach((name, shape) -> {
                INDArray values = Nd4j.create(tensors.read(name), shape, 'c');
                weights.add(values);
                graph.constant(name, values);
            });
            SDVariable waveform = graph.placeHolder(WAVEFORM, DataType.FLOAT, -1, -1, 1);
            SDVariable mask = graph.placeHolder(MASK, DataType.FLOAT, -1, -1);
            EncoderGraph encoder =
                    EncoderGraph.define(new GraphScope(graph, config, graph::getVariable), span, waveform, mask);
            features = encoder.features();
            hidden = encoder.hidden();
            session = new InferenceSession(graph);
            session.setMmgr(new ClosingMemory());
        }
    }

    @Override
    @SuppressWarnings("try") // the scope only needs closing
    public synchronized List<Frames> run(List<float[]> waveforms, Tap tap) {
        if (closed) {
            throw new IllegalStateException("the encoder is closed");
        }
        for (float[] waveform : waveforms) {
            if (waveform.length < config.receptiveField()) {
                throw new IllegalArgumentException(
                        "a waveform has " + waveform.length + " samples; allowed: at least " + config.receptiveField());
            }
        }
        Frames[] results = new Frames[waveforms.size()];
        try (MemoryWorkspace outside = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            for (List<Integer> batch : batches(waveforms)) {
                run(waveforms, batch, tap, results);
            }
        }
        return List.of(results);
    }

    /** Groups the indices of clips of similar length. */
    private List<List<Integer>> batches(List<float[]> waveforms) {
        List<Integer> byLength = IntStream.range(0, waveforms.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> waveforms.get(i).length))
                .toList();
        List<List<Integer>> batches = new ArrayList<>();
        List<Integer> batch = new ArrayList<>();
        for (int position : byLength) {
            if (!batch.isEmpty() && (batch.size() + 1L) * paddedSamples(waveforms.get(position)) > BATCH_SAMPLES) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
            batch.add(position);
        }
        batches.add(batch);
        return batches;
    }

    /** Returns the least length that holds the clip and yields a multiple of {@link #FRAME_BUCKET} frames. */
    private int paddedSamples(float[] waveform) {
        int buckets = (config.frames(waveform.length) + FRAME_BUCKET - 1) / FRAME_BUCKET;
        int frames = Math.multiplyExact(buckets, FRAME_BUCKET);
        return Math.max(
                waveform.length, Math.addExact(Math.multiplyExact(frames - 1, config.hop()), config.receptiveField()));
    }

    private void run(List<float[]> waveforms, List<Integer> batch, Tap tap, Frames[] results) {
        int samples = paddedSamples(waveforms.get(batch.get(batch.size() - 1)));
        float[] padded = new float[Math.multiplyExact(batch.size(), samples)];
        int[] lengths = new int[batch.size()];
        for (int i = 0; i < lengths.length; i++) {
            float[] waveform = waveforms.get(batch.get(i));
            System.arraycopy(waveform, 0, padded, i * samples, waveform.length);
            lengths[i] = waveform.length;
        }
        List<Frames> frames = runPadded(padded, lengths, tap);
        for (int i = 0; i < lengths.length; i++) {
            results[batch.get(i)] = frames.get(i);
        }
    }

    /**
     * Runs one batch.
     *
     * @param padded {@code [batch, samples]}, row-major; the values after the end of a clip have no influence
     * @param lengths the lengths of the clips in samples
     */
    List<Frames> runPadded(float[] padded, int[] lengths, Tap tap) {
        int samples = padded.length / lengths.length;
        float[] valid = new float[padded.length];
        for (int i = 0; i < lengths.length; i++) {
            Arrays.fill(valid, i * samples, i * samples + lengths[i], 1);
        }
        List<String> taps = variables(tap).map(SDVariable::name).toList();
        try (INDArray input = Nd4j.create(padded, new long[] {lengths.length, samples, 1}, 'c');
                INDArray mask = Nd4j.create(valid, new long[] {lengths.length, samples}, 'c')) {
            Map<String, INDArray> outputs = session.output(
                    taps, Map.of(WAVEFORM, input, MASK, mask), null, taps, Collections.emptyList(), At.defaultAt());
            List<INDArray> states = taps.stream().map(outputs::get).toList();
            List<Frames> frames = new ArrayList<>();
            for (int i = 0; i < lengths.length; i++) {
                frames.add(frames(states, i, config.frames(lengths[i])));
            }
            states.forEach(INDArray::close);
            return frames;
        }
    }

    private Stream<SDVariable> variables(Tap tap) {
        if (tap instanceof Tap.Hidden state) {
            return Stream.of(hidden.get(state.index()));
        }
        return tap instanceof Tap.Features ? features.stream() : hidden.stream();
    }

    /** Returns the valid frames of a clip; the states are concatenated. */
    private static Frames frames(List<INDArray> states, int clip, int time) {
        int width = Math.toIntExact(states.get(0).size(2));
        int total = width * states.size();
        float[] values = new float[Math.multiplyExact(time, total)];
        for (int state = 0; state < states.size(); state++) {
            float[] rows = states.get(state).slice(clip).dup('c').data().asFloat();
            for (int t = 0; t < time; t++) {
                System.arraycopy(rows, t * width, values, t * total + state * width, width);
            }
        }
        return new Frames(values, time, total);
    }

    @Override
    public synchronized void close() {
        closed = true;
        weights.stream().filter(INDArray::closeable).forEach(INDArray::close);
        weights.clear();
    }
}
