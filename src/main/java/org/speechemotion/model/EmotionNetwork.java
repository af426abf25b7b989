package org.speechemotion.model;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.model.NetworkSettings.ContextSettings;

/**
 * The trained network as a DL4J configuration: frames {@code [batch, time, width]} and a mask {@code [batch, time]} → the
 * trained part of the encoder → context network → attentive pooling → batch normalisation → dropout → linear → GELU →
 * dropout → linear → one probability per emotion.
 */
public final class EmotionNetwork {
    static final String INPUT = "frames";
    static final String ENCODER = "encoder";
    static final String CONTEXT = "context-";
    static final String POOLING = "pooling";
    static final String OUTPUT = "emotion";
    static final String NORMALIZATION = "pooling-normalization";

    private EmotionNetwork() {}

    /**
     * Builds the configuration of a network without a trained part of the encoder.
     *
     * @param frameWidth the number of values per frame of the encoder
     * @param seed the seed of the initial weights
     */
    public static ComputationGraphConfiguration configuration(
            NetworkSettings settings, int frameWidth, IUpdater updater, long seed) {
        return configuration(settings, new FrontEnd.None(frameWidth), Optimization.of(updater), seed);
    }

    /**
     * Builds the configuration.
     *
     * @param frontEnd the trained part of the encoder
     * @param optimization the loss, the updater and the weight decay
     * @param seed the seed of the initial weights
     */
    public static ComputationGraphConfiguration configuration(
            NetworkSettings settings, FrontEnd frontEnd, Optimization optimization, long seed) {
        GraphBuilder graph = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(DataType.FLOAT)
                .updater(optimization.updater())
                .weightInit(WeightInit.XAVIER)
                .graphBuilder()
                .addInputs(INPUT);
        ContextSettings context = settings.context();
        String last = INPUT;
        int width = frontEnd.width();
        if (frontEnd.layer().isPresent()) {
            graph.addLayer(ENCODER, frontEnd.layer().get(), last);
            last = ENCODER;
        }
        for (int i = 0; i < context.kernels().size(); i++) {
            String name = CONTEXT + i;
            graph.addLayer(
                    name,
                    new MaskedConvolution(
                            width,
                            context.width(),
                            context.kernels().get(i),
                            context.strides().get(i)),
                    last);
            width = context.width();
            last = name;
        }
        graph.addLayer(POOLING, new AttentivePooling(width, settings.poolingDeviation()), last);
        last = POOLING;
        if (settings.poolingNormalization()) {
            last = NORMALIZATION;
            graph.addLayer(last, new BatchNormalization(), POOLING);
        }
        graph.addLayer("hidden", hidden(settings), last);
        graph.addLayer(OUTPUT, output(settings, optimization.loss()), "hidden");
        ComputationGraphConfiguration configuration = graph.setOutputs(OUTPUT)
                .setInputTypes(InputType.recurrent(frontEnd.inputWidth(), RNNFormat.NWC))
                .build();
        optimization.decay().ifPresent(decay -> regularize(configuration, decay));
        return configuration;
    }

    /**
     * Sets the regularization of each layer, because DL4J 1.0.0-M2.1 applies the WeightDecay of a whole network twice in
     * its own layers.
     */
    private static void regularize(ComputationGraphConfiguration configuration, Regularization decay) {
        for (GraphVertex vertex : configuration.getVertices().values()) {
            Layer layer = ((LayerVertex) vertex).getLayerConf().getLayer();
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
        return network.getConfiguration().getVertices().containsKey(NORMALIZATION);
    }

    /** Returns the learning rate of the head's next step from its updater. */
    public static double learningRate(ComputationGraph network) {
        return network.getLearningRate(OUTPUT);
    }

    /**
     * Returns whether a parameter, by its name in the network, belongs to the head, which is everything after the
     * encoder.
     */
    public static boolean isHead(String parameter) {
        return !parameter.startsWith(ENCODER + "_");
    }

    private static DenseLayer hidden(NetworkSettings settings) {
        DenseLayer.Builder layer =
                new DenseLayer.Builder().nOut(settings.hiddenWidth()).activation(new ExactGelu());
        return settings.dropout() > 0 ? layer.dropOut(1 - settings.dropout()).build() : layer.build();
    }

    private static OutputLayer output(NetworkSettings settings, ILossFunction loss) {
        OutputLayer.Builder layer =
                new OutputLayer.Builder(loss).nOut(Emotion.count()).activation(Activation.SOFTMAX);
        return settings.dropout() > 0 ? layer.dropOut(1 - settings.dropout()).build() : layer.build();
    }
}
