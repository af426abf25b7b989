package org.speechemotion.model;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.speechemotion.encoder.Lora;
import org.speechemotion.encoder.graph.Adapters;
import org.speechemotion.encoder.graph.BaseWeights;
import org.speechemotion.encoder.graph.EncoderGraph;
import org.speechemotion.encoder.graph.EncoderSpan;
import org.speechemotion.encoder.graph.GraphScope;
import org.speechemotion.encoder.transformer.TransformerConfig;

/**
 * The layer for the part of a speech transformer that is adapted by {@link Lora}. Its parameters are the small matrices; the weights
 * of the encoder are constants of the graph, which {@link BaseWeights} reads when the graph is built.
 */
public final class AdaptedEncoder extends EncoderLayer {
    private int rank;
    private double alpha;
    private List<String> projections;
    private String base;

    /** Creates an empty layer for Jackson. */
    AdaptedEncoder() {}

    /**
     * Creates the layer.
     *
     * @param span the adapted layers
     * @param base the fingerprint of the folder of the encoder
     * @param updater the updater of its parameters; null for the network's
     * @throws IllegalArgumentException if the encoder has no such part
     */
    public AdaptedEncoder(TransformerConfig config, EncoderSpan span, Lora lora, String base, IUpdater updater) {
        super(config, span, updater);
        rank = lora.rank();
        alpha = lora.alpha();
        projections = lora.projections().stream()
                .map(projection -> projection.name().toLowerCase(Locale.ROOT))
                .toList();
        this.base = base;
    }

    @Override
    public SDVariable defineLayer(
            SameDiff graph, SDVariable input, Map<String, SDVariable> parameters, SDVariable mask) {
        Map<String, INDArray> weights = BaseWeights.read(base, span().parameters(config()));
        Map<String, SDVariable> constants = new HashMap<>();
        GraphScope scope = new GraphScope(
                graph,
                config(),
                name -> weights.containsKey(name)
                        ? constants.computeIfAbsent(name, one -> graph.constant(key(one), weights.get(one)))
                        : parameters.get(key(name)),
                Optional.of(adapters()));
        return EncoderGraph.define(scope, span(), input, mask).end();
    }

    @Override
    public void defineParameters(SDLayerParams parameters) {
        parameters.clear();
        adapters().parameters(span(), config()).forEach((name, shape) -> parameters.addWeightParam(key(name), shape));
    }

    /**
     * Initialises the adapters as the library PEFT does: A is uniform within ±1 / √in, and B is 0, so that the output
     * of the encoder is at first the same as without them.
     */
    @Override
    public void initializeParameters(Map<String, INDArray> parameters) {
        for (String part : adapters().parts(span())) {
            INDArray down = parameters.get(key(Adapters.down(part)));
            double bound = 1 / Math.sqrt((double) down.size(1));
            down.assign(Nd4j.rand(down.shape()).muli(2 * bound).subi(bound));
            parameters.get(key(Adapters.up(part))).assign(0);
        }
    }

    /**
     * Returns a network that computes the same without adapters: their products are added to the weights of the encoder, which
     * become parameters of a {@link FineTunedEncoder}. A network without adapters is returned itself.
     *
     * @throws IllegalStateException if this process has not opened the encoder
     */
    static ComputationGraph merged(ComputationGraph network) {
        if (!(network.getConfiguration().getVertices().get(EmotionNetwork.ENCODER) instanceof LayerVertex vertex)
                || !(vertex.getLayerConf().getLayer() instanceof AdaptedEncoder adapted)) {
            return network;
        }
        // They are read first, because their shapes are checked before memory is allocated.
        Map<String, INDArray> weights = adapted.weights(network);
        ComputationGraphConfiguration configuration = network.getConfiguration().clone();
        FineTunedEncoder whole = new FineTunedEncoder(adapted.config(), adapted.span(), adapted.getUpdater());
        whole.setLayerName(adapted.getLayerName());
        ((LayerVertex) configuration.getVertices().get(EmotionNetwork.ENCODER))
                .getLayerConf()
                .setLayer(whole);
        ComputationGraph merged = new ComputationGraph(configuration);
        merged.init();
        Map<String, INDArray> parameters = network.paramTable();
        merged.paramTable().forEach((name, values) -> {
            INDArray same = parameters.get(name);
            values.assign(same == null ? weights.get(name.substring(EmotionNetwork.ENCODER.length() + 1)) : same);
        });
        return merged;
    }

    /** Returns the weights of the encoder with the products of the adapters, by the names of parameters. */
    private Map<String, INDArray> weights(ComputationGraph network) {
        Map<String, INDArray> weights = new HashMap<>();
        BaseWeights.read(base, span().parameters(config())).forEach((name, values) -> weights.put(key(name), values));
        for (String part : adapters().parts(span())) {
            INDArray down = network.getParam(EmotionNetwork.ENCODER + "_" + key(Adapters.down(part)));
            INDArray up = network.getParam(EmotionNetwork.ENCODER + "_" + key(Adapters.up(part)));
            weights.computeIfPresent(
                    key(part + ".weight"),
                    (name, values) -> values.add(up.mmul(down).muli(lora().scale())));
        }
        return weights;
    }

    private Adapters adapters() {
        return new Adapters(lora());
    }

    private Lora lora() {
        return new Lora(
                rank,
                alpha,
                projections.stream()
                        .map(name -> Lora.Projection.valueOf(name.toUpperCase(Locale.ROOT)))
                        .toList());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AdaptedEncoder that
                && super.equals(that)
                && lora().equals(that.lora())
                && base.equals(that.base);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), rank, alpha, projections, base);
    }

    public int getRank() {
        return rank;
    }

    public void setRank(int rank) {
        this.rank = new Lora(rank, 1, Lora.NONE.projections()).rank();
    }

    public double getAlpha() {
        return alpha;
    }

    public void setAlpha(double alpha) {
        this.alpha = new Lora(1, alpha, Lora.NONE.projections()).alpha();
    }

    public List<String> getProjections() {
        return projections;
    }

    public void setProjections(List<String> projections) {
        this.projections = List.copyOf(projections);
    }

    public String getBase() {
        return base;
    }

    public void setBase(String base) {
        this.base = base;
    }
}
