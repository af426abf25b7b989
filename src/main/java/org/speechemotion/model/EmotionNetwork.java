package org.speechemotion.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.model.NetworkSettings.BranchSettings;
import org.speechemotion.model.NetworkSettings.ContextSettings;

/**
 * The trained network as a DL4J configuration: frames {@code [batch, time, width]} and a mask {@code [batch, time]} → the
 * trained part of the encoder → branches → one probability per emotion. Each branch is a context network → attentive pooling
 * → batch normalisation → dropout → linear → GELU → dropout → linear, and learns by its own cross-entropy; the
 * probabilities are the normalised geometric mean of those of the branches.
 */
public final class EmotionNetwork {
    static final String INPUT = "frames";
    static final String ENCODER = "encoder";
    static final String CONTEXT = "context-";
    static final String POOLING = "pooling";
    static final String OUTPUT = "emotion";
    static final String NORMALIZATION = "pooling-normalization";
    static final String HIDDEN = "hidden";
    static final String LOGITS = "logits";

    private EmotionNetwork() {}

    /**
     * Builds the configuration of a network for {@link EmotionSet#EIGHT} without a trained part of the encoder.
     *
     * @param frameWidth the number of values per frame of the encoder
     * @param seed the seed of the initial weights
     */
    public static ComputationGraphConfiguration configuration(
            NetworkSettings settings, int frameWidth, IUpdater updater, long seed) {
        return configuration(settings, new FrontEnd.None(frameWidth), Optimization.of(updater), seed);
    }

    /** Builds the configuration of a network for {@link EmotionSet#EIGHT}. */
    public static ComputationGraphConfiguration configuration(
            NetworkSettings settings, FrontEnd frontEnd, Optimization optimization, long seed) {
        return configuration(settings, frontEnd, optimization, EmotionSet.EIGHT.size(), seed);
    }

    /**
     * Builds the configuration.
     *
     * @param frontEnd the trained part of the encoder
     * @param optimization the loss, the updater, the weight decay and the adversary
     * @param emotions the number of emotions
     * @param seed the seed of the initial weights
     */
    public static ComputationGraphConfiguration configuration(
            NetworkSettings settings, FrontEnd frontEnd, Optimization optimization, int emotions, long seed) {
        GraphBuilder graph = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(DataType.FLOAT)
                .updater(optimization.updater())
                .weightInit(WeightInit.UNIFORM)
                .graphBuilder()
                .addInputs(INPUT);
        String frames = INPUT;
        if (frontEnd.layer().isPresent()) {
            graph.addLayer(ENCODER, frontEnd.layer().get(), frames);
            frames = ENCODER;
        }
        List<Integer> widths = branchWidths(settings.branches(), frontEnd);
        List<String> branches = widths.size() == 1
                ? List.of("")
                : IntStream.range(0, widths.size())
                        .mapToObj(EmotionNetwork::branch)
                        .toList();
        if (widths.size() == 1) {
            String hidden = addBranch(graph, settings, "", frames, frontEnd.width(), frontEnd.width());
            graph.addLayer(OUTPUT, output(settings, optimization.loss(), emotions), hidden);
        } else {
            String[] logits = new String[widths.size()];
            for (int i = 0; i < logits.length; i++) {
                String name = branches.get(i);
                String hidden = addBranch(graph, settings, name, frames, frontEnd.width(), widths.get(i));
                logits[i] = name + LOGITS;
                graph.addLayer(logits[i], logits(settings, emotions), hidden);
            }
            graph.addLayer(
                    OUTPUT,
                    new LossLayer.Builder(new BranchLoss(optimization.classWeights()))
                            .activation(new BranchSoftmax(emotions))
                            .build(),
                    logits);
        }
        optimization
                .adversary()
                .ifPresent(adversary ->
                        adversary.addTo(graph, branches, settings.poolingNormalization() ? NORMALIZATION : POOLING));
        ComputationGraphConfiguration configuration = graph.setOutputs(
                        optimization.adversary().isPresent()
                                ? new String[] {OUTPUT, Adversary.OUTPUT}
                                : new String[] {OUTPUT})
                .setInputTypes(InputType.recurrent(frontEnd.inputWidth(), RNNFormat.NWC))
                .build();
        optimization.decay().ifPresent(decay -> regularize(configuration, decay));
        return configuration;
    }

    /** Returns the number of leading values of a frame that each branch sees. */
    private static List<Integer> branchWidths(BranchSettings branches, FrontEnd frontEnd) {
        List<Integer> widths = new ArrayList<>(Collections.nCopies(branches.whole(), frontEnd.width()));
        if (frontEnd.prosodyWidth() > 0) {
            widths.addAll(Collections.nCopies(branches.prosody(), frontEnd.prosodyWidth()));
        }
        if (widths.isEmpty()) {
            throw new IllegalArgumentException("network.branches.whole is 0; allowed: at least 1, because the encoder"
                    + " has no prosody for other branches");
        }
        return widths;
    }

    /** Adds the layers of a branch up to the hidden one, and returns the name of that. */
    private static String addBranch(
            GraphBuilder graph, NetworkSettings settings, String branch, String frames, int frameWidth, int width) {
        ContextSettings context = settings.context();
        List<String> names = new ArrayList<>();
        List<Layer> layers = new ArrayList<>();
        int last = width;
        for (int i = 0; i < context.kernels().size(); i++) {
            names.add(branch + CONTEXT + i);
            layers.add(new MaskedConvolution(
                    last,
                    context.width(),
                    context.kernels().get(i),
                    context.strides().get(i)));
            last = context.width();
        }
        names.add(branch + POOLING);
        layers.add(new AttentivePooling(last, settings.poolingDeviation()));
        if (settings.poolingNormalization()) {
            names.add(branch + NORMALIZATION);
            layers.add(new BatchNormalization());
        }
        names.add(branch + HIDDEN);
        layers.add(hidden(settings));
        InputPreProcessor leading = width < frameWidth ? new LeadingValues(frameWidth, width) : null;
        graph.addLayer(names.get(0), layers.get(0), leading, frames);
        for (int i = 1; i < layers.size(); i++) {
            graph.addLayer(names.get(i), layers.get(i), names.get(i - 1));
        }
        return names.get(names.size() - 1);
    }

    /**
     * Sets the regularization of each layer, because DL4J 1.0.0-M2.1 applies the WeightDecay of a whole network twice in
     * its own layers.
     */
    private static void regularize(ComputationGraphConfiguration configuration, Regularization decay) {
        for (GraphVertex vertex : configuration.getVertices().values()) {
            if (!(vertex instanceof LayerVertex layerVertex)) {
                continue;
            }
            Layer layer = layerVertex.getLayerConf().getLayer();
            if (layer instanceof BaseLayer base) {
                base.setRegularization(List.of(decay));
            } else if (layer instanceof AbstractSameDiffLayer graphLayer) {
                graphLayer.setRegularization(List.of(decay));
            }
        }
    }

    /**
     * Returns whether the network normalises the output of the pooling, so that it needs {@link PopulationStatistics} to
     * predict.
     */
    public static boolean isNormalized(ComputationGraph network) {
        return !layers(network, NORMALIZATION).isEmpty();
    }

    /** Returns the learning rate of the head's next step from its updater. */
    public static double learningRate(ComputationGraph network) {
        return network.getLearningRate(layers(network, HIDDEN).get(0));
    }

    /** Returns the names of a layer in the branches that have it, in the order of the branches. */
    static List<String> layers(ComputationGraph network, String layer) {
        Map<String, GraphVertex> vertices = network.getConfiguration().getVertices();
        List<String> names = new ArrayList<>();
        if (vertices.containsKey(layer)) {
            names.add(layer);
        }
        for (int i = 0; vertices.containsKey(branch(i) + HIDDEN); i++) {
            if (vertices.containsKey(branch(i) + layer)) {
                names.add(branch(i) + layer);
            }
        }
        return names;
    }

    private static String branch(int index) {
        return "branch-" + index + "-";
    }

    /**
     * Returns whether a parameter, by its name in the network, belongs to the head, which is everything after the
     * encoder.
     */
    public static boolean isHead(String parameter) {
        return !parameter.startsWith(ENCODER + "_");
    }

    /** Returns the number of emotions of a network; 0 if it is not one of this class. */
    static int outputs(ComputationGraphConfiguration configuration) {
        if (!(configuration.getVertices().get(OUTPUT) instanceof LayerVertex output)) {
            return 0;
        }
        Layer last = output.getLayerConf().getLayer();
        if (last instanceof OutputLayer layer) {
            return (int) Math.max(0, Math.min(layer.getNOut(), Integer.MAX_VALUE));
        }
        // DL4J puts a merge vertex before a layer of several inputs.
        return last instanceof LossLayer layer
                        && layer.getLossFn() instanceof BranchLoss
                        && layer.getActivationFn() instanceof BranchSoftmax softmax
                        && configuration.getVertexInputs().get(OUTPUT).stream()
                                .map(configuration.getVertexInputs()::get)
                                .flatMap(List::stream)
                                .map(configuration.getVertices()::get)
                                .allMatch(vertex -> vertex instanceof LayerVertex branch
                                        && branch.getLayerConf().getLayer() instanceof DenseLayer logits
                                        && logits.getNOut() == softmax.getEmotions())
                ? ((BranchSoftmax) layer.getActivationFn()).getEmotions()
                : 0;
    }

    /** Returns whether a parameter, by its name in the network, makes the logits of the emotions. */
    static boolean makesLogits(String parameter) {
        return parameter.startsWith(OUTPUT + "_") || parameter.contains(LOGITS + "_");
    }

    private static DenseLayer hidden(NetworkSettings settings) {
        DenseLayer.Builder layer =
                new DenseLayer.Builder().nOut(settings.hiddenWidth()).activation(new ExactGelu());
        return settings.dropout() > 0 ? layer.dropOut(1 - settings.dropout()).build() : layer.build();
    }

    private static DenseLayer logits(NetworkSettings settings, int emotions) {
        DenseLayer.Builder layer = new DenseLayer.Builder().nOut(emotions).activation(Activation.IDENTITY);
        return settings.dropout() > 0 ? layer.dropOut(1 - settings.dropout()).build() : layer.build();
    }

    private static OutputLayer output(NetworkSettings settings, ILossFunction loss, int emotions) {
        OutputLayer.Builder layer = new OutputLayer.Builder(loss).nOut(emotions).activation(Activation.SOFTMAX);
        return settings.dropout() > 0 ? layer.dropOut(1 - settings.dropout()).build() : layer.build();
    }
}
