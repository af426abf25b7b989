package org.speechemotion.model;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.Lora;
import org.speechemotion.encoder.PretrainedSettings.Precision;
import org.speechemotion.encoder.PretrainedSettings.Processor;
import org.speechemotion.encoder.graph.BaseWeights;
import org.speechemotion.encoder.graph.Cut;
import org.speechemotion.encoder.graph.EncoderSpan;
import org.speechemotion.encoder.onnx.OnnxForward;
import org.speechemotion.encoder.transformer.EncoderFolder;
import org.speechemotion.encoder.transformer.ExpectedStates;
import org.speechemotion.encoder.transformer.Folders;
import org.speechemotion.encoder.transformer.FrozenForward;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.model.NetworkSettings.ContextSettings;
import org.speechemotion.weights.Tensors;
import org.speechemotion.weights.WeightFiles;

/** A fixture's encoder, cut, its upper part under the fixture's head as a network. */
final class TinyEncoder {
    /** The fixtures whose expected tensors include gradients. */
    static final List<String> NAMES = List.of(
            "hubert-base",
            "hubert-large",
            "hubert-distil",
            "wav2vec2-base",
            "wav2vec2-large",
            "wavlm-base",
            "wavlm-large");
    /** The labels, {@code head.labels} of every fixture. */
    static final int[] LABELS = {2, 5, 0};

    final TransformerConfig config;
    final ExpectedStates expected;
    final ComputationGraph network;
    /** The output of the part below the cut for the fixture's clips. */
    final List<Frames> below;

    private TinyEncoder(
            TransformerConfig config, ExpectedStates expected, ComputationGraph network, List<Frames> below) {
        this.config = config;
        this.expected = expected;
        this.network = network;
        this.below = below;
    }

    /** The position of the cut. */
    enum Place {
        LAST_LAYER,
        LAST_TWO_LAYERS,
        FEATURES,
        WAVEFORM;

        Cut of(TransformerConfig config) {
            return switch (this) {
                case LAST_LAYER -> new Cut.Hidden(config.layers() - 1);
                case LAST_TWO_LAYERS -> new Cut.Hidden(config.layers() - 2);
                case FEATURES -> new Cut.Features();
                case WAVEFORM -> new Cut.Waveform();
            };
        }
    }

    static TinyEncoder open(String name, Place place, IUpdater updater) {
        return open(name, place, (config, span, fingerprint) -> new FineTunedEncoder(config, span, updater), updater);
    }

    /** Returns an encoder with adapters in its last two layers. */
    static TinyEncoder adapted(String name, Lora lora, IUpdater updater) {
        return open(
                name,
                Place.LAST_TWO_LAYERS,
                (config, span, fingerprint) -> new AdaptedEncoder(config, span, lora, fingerprint, updater),
                updater);
    }

    private interface Trained {
        EncoderLayer layer(TransformerConfig config, EncoderSpan span, String fingerprint);
    }

    private static TinyEncoder open(String name, Place place, Trained trained, IUpdater updater) {
        Path path = Folders.path(name);
        try (EncoderFolder folder = EncoderFolder.open(path)) {
            TransformerConfig config = folder.config();
            ExpectedStates expected = ExpectedStates.of(path, folder);
            EncoderSpan span = EncoderSpan.above(place.of(config), config);
            ComputationGraph network = new ComputationGraph(
                    configuration(span, config, trained.layer(config, span, folder.fingerprint()), updater));
            BaseWeights.note(folder.fingerprint(), path);
            network.init();
            FineTunedEncoder.initialize(network, folder.tensors());
            assign(network, "pooling", "branch-0-score", expected.read("head.attn_w"));
            assign(network, "head", "branch-0-hidden-weight", expected.read("head.w1"));
            assign(network, "head", "branch-0-hidden-bias", expected.read("head.b1"));
            assign(network, "head", "branch-0-logits-weight", expected.read("head.w2"));
            assign(network, "head", "branch-0-logits-bias", expected.read("head.b2"));
            List<float[]> inputs = expected.inputs(folder.normalizesInput());
            return new TinyEncoder(config, expected, network, below(folder, span.from(), inputs));
        }
    }

    private static List<Frames> below(EncoderFolder folder, Cut cut, List<float[]> inputs) {
        if (cut.tap().isEmpty()) {
            List<Frames> audio = new ArrayList<>();
            inputs.forEach(samples -> audio.add(new Frames(samples, samples.length, 1)));
            return audio;
        }
        try (FrozenForward forward =
                new OnnxForward(folder.config(), folder.tensors(), Precision.FLOAT32, Processor.CPU, 1)) {
            return forward.run(inputs, cut.tap().get());
        }
    }

    private static ComputationGraphConfiguration configuration(
            EncoderSpan span, TransformerConfig config, EncoderLayer trained, IUpdater updater) {
        ContextPooling pooling = new ContextPooling(
                config.width(), List.of(config.width()), new ContextSettings(1, List.of(), List.of()), false, true);
        return new NeuralNetConfiguration.Builder()
                .seed(1)
                .weightInit(WeightInit.UNIFORM)
                .updater(updater)
                .graphBuilder()
                .addInputs("frames")
                .addLayer("encoder", trained, "frames")
                .addLayer("pooling", pooling, "encoder")
                .addLayer("head", new BranchHeads(List.of(config.width()), 24, 8, 0), "pooling")
                .addLayer("emotion", BranchLoss.layer(List.of(), 8), "head")
                .setOutputs("emotion")
                .setInputTypes(InputType.recurrent(span.from().width(config), RNNFormat.NWC))
                .build();
    }

    private static void assign(ComputationGraph network, String layer, String parameter, float[] values) {
        var array = network.getLayer(layer).getParam(parameter);
        array.assign(Nd4j.create(values, array.shape(), 'c'));
    }

    /** The gradients of the fixture's loss by every parameter of its encoder. */
    static Tensors gradients(String name) {
        return tensors("gradients/" + name);
    }

    /** Tensors that a script has computed for a fixture. */
    static Tensors tensors(String name) {
        try {
            return WeightFiles.open(
                    Path.of(TinyEncoder.class.getResource("/encoder/" + name).toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(name, e);
        }
    }
}
