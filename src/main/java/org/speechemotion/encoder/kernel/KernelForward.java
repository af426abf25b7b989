package org.speechemotion.encoder.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.transformer.EncoderTensors;
import org.speechemotion.encoder.transformer.FrozenForward;
import org.speechemotion.encoder.transformer.Tap;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.math.Matrix;

/**
 * Runs a frozen encoder on CPUs. The clips of a batch are concatenated without padding, so each one costs the same and has
 * the same result as alone.
 */
public final class KernelForward implements FrozenForward {
    /** The size of a batch in frames unless a single clip is longer: enough for BLAS, and little enough for memory. */
    private static final int MAX_FRAMES = 8192;

    private final TransformerConfig config;
    private final ConvolutionStack convolutions;
    private final Embedding embedding;
    private final Optional<RelativePositionBias> positions;
    private final TransformerKernel[] layers;
    private final Optional<LayerNorm> lastNorm;
    private final Workspaces workspaces;

    /**
     * Copies the weights to native memory.
     *
     * @param tensors the tensors, which may be closed afterwards
     * @param threads the number of threads of one call including the caller's, at least 1
     */
    public KernelForward(TransformerConfig config, EncoderTensors tensors, int threads) {
        this.config = config;
        workspaces = new Workspaces(threads);
        convolutions = new ConvolutionStack(config, tensors);
        embedding = new Embedding(config, tensors);
        positions = config.relativePosition().map(position -> new RelativePositionBias(config, tensors));
        layers = IntStream.range(0, config.layers())
                .mapToObj(i -> new TransformerKernel(config, tensors, i))
                .toArray(TransformerKernel[]::new);
        lastNorm = config.preNorm()
                ? Optional.of(new LayerNorm(tensors, TensorNames.NORM, config.epsilon()))
                : Optional.empty();
    }

    /**
     * Encodes clips.
     *
     * @throws IllegalArgumentException if a waveform is too short for a frame or too long for memory, or the tap does not
     *     exist
     * @throws IllegalStateException if this encoder is closed
     */
    @Override
    public List<Frames> run(List<float[]> waveforms, Tap tap) {
        if (tap instanceof Tap.Hidden hidden && (hidden.index() < 0 || hidden.index() > config.layers())) {
            throw new IllegalArgumentException(
                    "the hidden state is " + hidden.index() + "; allowed: 0 to " + config.layers());
        }
        List<Frames> results = new ArrayList<>();
        Workspace workspace = workspaces.acquire();
        try {
            for (int from = 0; from < waveforms.size(); ) {
                int to = from + 1;
                long frames = config.frames(waveforms.get(from).length);
                while (to < waveforms.size() && frames + config.frames(waveforms.get(to).length) <= MAX_FRAMES) {
                    frames += config.frames(waveforms.get(to).length);
                    to++;
                }
                run(workspace, new PackedBatch(waveforms.subList(from, to), config), tap, results);
                from = to;
            }
        } finally {
            workspaces.release(workspace);
        }
        return results;
    }

    /** Waits for running calls, then frees the memory and ends the threads. */
    @Override
    public void close() {
        if (workspaces.close()) {
            convolutions.close();
            embedding.close();
            for (TransformerKernel layer : layers) {
                layer.close();
            }
        }
    }

    private void run(Workspace workspace, PackedBatch batch, Tap tap, List<Frames> results) {
        BatchResult result = new BatchResult(batch, tap.width(config));
        Matrix features = workspace.matrix(Workspace.Shared.FEATURES, batch.rows(), config.featureWidth());
        convolutions.apply(workspace, batch, features);
        if (tap instanceof Tap.Features) {
            result.copy(workspace, features, 0);
        } else {
            int last = tap instanceof Tap.Hidden hidden ? hidden.index() : config.layers();
            Matrix x = workspace.matrix(Workspace.Shared.STATES, batch.rows(), config.width());
            embedding.apply(workspace, batch, features, x);
            Optional<float[][]> biases = positions.map(bias -> bias.byDistance(batch.maxFrames()));
            for (int index = 0; index <= last; index++) {
                if (index > 0) {
                    layers[index - 1].apply(workspace, batch, x, biases);
                }
                if (index == config.layers()) {
                    lastNorm.ifPresent(norm -> Embedding.normalize(workspace, norm, x));
                }
                if (index == last || tap instanceof Tap.AllHidden) {
                    result.copy(workspace, x, tap instanceof Tap.AllHidden ? index * config.width() : 0);
                }
            }
        }
        results.addAll(result.frames());
    }
}
