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

/**
 * The frozen forward on CPUs. The clips of a batch lie one behind the other without padding, so each costs what it costs
 * alone and gives what it gives alone.
 */
public final class KernelForward implements FrozenForward {
    /** Frames that are worked on together, unless one clip has more: enough for BLAS, little enough for memory. */
    private static final int MOST_FRAMES = 8192;

    private final TransformerConfig config;
    private final ConvolutionStack convolutions;
    private final Embedding embedding;
    private final Optional<RelativePositionBias> positions;
    private final TransformerLayer[] layers;
    private final Optional<LayerNorm> lastNorm;
    private final Workspaces workspaces;

    /**
     * Copies the weights out of the heap's reach.
     *
     * @param tensors not needed afterwards
     * @param threads that work on one call, the caller's among them; at least 1
     */
    public KernelForward(TransformerConfig config, EncoderTensors tensors, int threads) {
        this.config = config;
        workspaces = new Workspaces(threads);
        convolutions = new ConvolutionStack(config, tensors);
        embedding = new Embedding(config, tensors);
        positions = config.relativePosition().map(position -> new RelativePositionBias(config, tensors));
        layers = IntStream.range(0, config.layers())
                .mapToObj(i -> new TransformerLayer(config, tensors, i))
                .toArray(TransformerLayer[]::new);
        lastNorm = config.preNorm()
                ? Optional.of(new LayerNorm(tensors, TensorNames.NORM, config.epsilon()))
                : Optional.empty();
    }

    /**
     * Runs clips through the encoder.
     *
     * @throws IllegalArgumentException if a waveform is too short for a frame or too long for memory, or there is no
     *     such tap
     * @throws IllegalStateException if this is closed
     */
    @Override
    public List<Frames> run(List<float[]> waveforms, Tap tap) {
        if (tap instanceof Tap.Hidden hidden && (hidden.index() < 0 || hidden.index() > config.layers())) {
            throw new IllegalArgumentException(
                    "hidden state " + hidden.index() + " is asked for; there are 0 to " + config.layers());
        }
        List<Frames> results = new ArrayList<>();
        Workspace workspace = workspaces.take();
        try {
            for (int from = 0; from < waveforms.size(); ) {
                int to = from + 1;
                long frames = config.frames(waveforms.get(from).length);
                while (to < waveforms.size() && frames + config.frames(waveforms.get(to).length) <= MOST_FRAMES) {
                    frames += config.frames(waveforms.get(to).length);
                    to++;
                }
                run(workspace, new Batch(waveforms.subList(from, to), config), tap, results);
                from = to;
            }
        } finally {
            workspaces.giveBack(workspace);
        }
        return results;
    }

    /** Waits for calls under way, then frees the memory and ends the threads. */
    @Override
    public void close() {
        if (workspaces.close()) {
            convolutions.close();
            embedding.close();
            for (TransformerLayer layer : layers) {
                layer.close();
            }
        }
    }

    private void run(Workspace workspace, Batch batch, Tap tap, List<Frames> results) {
        Taken taken = new Taken(batch, tap.width(config));
        Matrix features = workspace.matrix(Workspace.Shared.FEATURES, batch.rows(), config.featureWidth());
        convolutions.apply(workspace, batch, features);
        if (tap instanceof Tap.Features) {
            taken.take(workspace, features, 0);
        } else {
            int last = tap instanceof Tap.Hidden hidden ? hidden.index() : config.layers();
            Matrix x = workspace.matrix(Workspace.Shared.STATES, batch.rows(), config.width());
            embedding.apply(workspace, batch, features, x);
            Optional<float[][]> biases = positions.map(bias -> bias.byDistance(batch.mostFrames()));
            for (int index = 0; index <= last; index++) {
                if (index > 0) {
                    layers[index - 1].apply(workspace, batch, x, biases);
                }
                if (index == config.layers()) {
                    lastNorm.ifPresent(norm -> Embedding.normalize(workspace, norm, x));
                }
                if (index == last || tap instanceof Tap.Every) {
                    taken.take(workspace, x, tap instanceof Tap.Every ? index * config.width() : 0);
                }
            }
        }
        results.addAll(taken.frames());
    }
}
