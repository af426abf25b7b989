package org.speechemotion.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.model.NetworkSettings.BranchSettings;

/**
 * The trained network as a DL4J configuration: frames {@code [batch, time, width]} and a mask {@code [batch, time]} → the
 * trained part of the encoder → branches → one probability per emotion. Each branch is a context network → attentive pooling
 * ({@link ContextPooling}) → batch normalisation → dropout → linear → GELU → dropout → linear ({@link BranchHeads}), and learns by
 * its own cross-entropy ({@link BranchLoss}); the probabilities are the normalised geometric mean of those of the branches
 * ({@link BranchSoftmax}). Each layer has the values of all branches side by side.
 */
public final class EmotionNetwork {
    static final String INPUT = "frames";
    static final String ENCODER = "encoder";
    static final String POOLING = "pooling";
    static final String NORMALIZATION = "pooling-normalization";
    static final String HEAD = "head";
    static final String OUTPUT = "emotion";

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
        ContextPooling pooling = new ContextPooling(
                frontEnd.width(),
                branchWidths(settings.branches(), frontEnd),
                settings.context(),
                settings.poolingDeviation(),
                frontEnd.layer().isPresent());
        graph.addLayer(POOLING, pooling, frames);
        String vector = POOLING;
        if (settings.poolingNormalization()) {
            graph.addLayer(
                    NORMALIZATION,
                    new BatchNormalization.Builder()
                            .decay(optimization.statisticsDecay())
                            .build(),
                    POOLING);
            vector = NORMALIZATION;
        }
        List<Integer> widths = pooling.outputWidths();
        graph.addLayer(HEAD, new BranchHeads(widths, settings.hiddenWidth(), emotions, settings.dropout()), vector);
        graph.addLayer(OUTPUT, BranchLoss.layer(optimization.classWeights(), emotions), HEAD);
        if (optimization.adversary().isPresent()) {
            optimization.adversary().get().addTo(graph, widths, vector);
        }
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
     * Returns whether the network normalises the output of the pooling, so that other parameters need other
     * {@link PopulationStatistics}.
     */
    public static boolean isNormalized(ComputationGraph network) {
        return network.getConfiguration().getVertices().containsKey(NORMALIZATION);
    }

    /** Returns the layer that pools the frames. */
    static ContextPooling pooling(ComputationGraph network) {
        return (ContextPooling) network.getLayer(POOLING).conf().getLayer();
    }

    /** Returns the learning rate of the head's next step from its updater. */
    public static double learningRate(ComputationGraph network) {
        // DL4J knows the rates of its own kinds of layers only.
        ComputationGraphConfiguration configuration = network.getConfiguration();
        BranchHeads heads = (BranchHeads) network.getLayer(HEAD).conf().getLayer();
        return heads.getUpdater().getLearningRate(configuration.getIterationCount(), configuration.getEpochCount());
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
        Map<String, GraphVertex> vertices = configuration.getVertices();
        return vertices.get(POOLING) instanceof LayerVertex first
                        && first.getLayerConf().getLayer() instanceof ContextPooling pooling
                        && vertices.get(OUTPUT) instanceof LayerVertex output
                        && output.getLayerConf().getLayer() instanceof LossLayer layer
                        && layer.getLossFn() instanceof BranchLoss
                        && layer.getActivationFn() instanceof BranchSoftmax softmax
                        && vertices.get(HEAD) instanceof LayerVertex head
                        && head.getLayerConf().getLayer() instanceof BranchHeads heads
                        && List.of(HEAD).equals(configuration.getVertexInputs().get(OUTPUT))
                        && heads.getClasses() == softmax.getEmotions()
                        && heads.getWidths().equals(pooling.outputWidths())
                ? softmax.getEmotions()
                : 0;
    }

    /** Returns whether a parameter, by its name in the network, makes the logits of the emotions. */
    static boolean makesLogits(String parameter) {
        return parameter.startsWith(HEAD + "_") && parameter.contains("-logits-");
    }
}
