package org.speechemotion.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.speechemotion.encoder.graph.EncoderGraph;
import org.speechemotion.encoder.graph.EncoderSpan;
import org.speechemotion.encoder.graph.GraphScope;
import org.speechemotion.encoder.transformer.EncoderTensors;
import org.speechemotion.encoder.transformer.TransformerConfig;

/** The layer for the part of a speech transformer whose weights are trained with the head. */
public final class FineTunedEncoder extends EncoderLayer {

    /** Creates an empty layer for Jackson. */
    FineTunedEncoder() {}

    /**
     * Creates the layer; {@link #initialize} gives it the encoder's weights.
     *
     * @param span the trained part of the encoder
     * @param updater the updater of its parameters; null for the network's
     * @throws IllegalArgumentException if the encoder has no such part
     */
    public FineTunedEncoder(TransformerConfig config, EncoderSpan span, IUpdater updater) {
        super(config, span, updater);
    }

    /**
     * Writes an encoder's weights into all layers of this class in a network.
     *
     * @throws IllegalArgumentException if a tensor is missing or has another size
     */
    public static void initialize(ComputationGraph network, EncoderTensors tensors) {
        for (Layer layer : network.getLayers()) {
            if (layer.conf().getLayer() instanceof FineTunedEncoder encoder) {
                encoder.span().parameters(encoder.config()).forEach((name, shape) -> {
                    float[] values = tensors.read(name);
                    INDArray parameter = layer.getParam(key(name));
                    if (values.length != parameter.length()) {
                        throw new IllegalArgumentException("the encoder's tensor " + name + " has " + values.length
                                + " values; the network's has shape " + Arrays.toString(shape));
                    }
                    parameter.assign(Nd4j.create(values, shape, 'c'));
                });
            }
        }
    }

    @Override
    public SDVariable defineLayer(
            SameDiff graph, SDVariable input, Map<String, SDVariable> parameters, SDVariable mask) {
        GraphScope scope = new GraphScope(graph, config(), name -> parameters.get(key(name)));
        return EncoderGraph.define(scope, span(), input, mask).end();
    }

    @Override
    public void defineParameters(SDLayerParams parameters) {
        parameters.clear();
        span().parameters(config()).forEach((name, shape) -> {
            if (name.endsWith(".bias")) {
                parameters.addBiasParam(key(name), shape);
            } else {
                parameters.addWeightParam(key(name), shape);
            }
        });
    }

    /** Initialises the parameters like those of an untrained encoder. */
    @Override
    public void initializeParameters(Map<String, INDArray> parameters) {
        parameters.forEach((name, values) -> {
            if (values.rank() > 1) {
                int outputs = (int) values.size(0);
                initWeights((int) (values.length() / outputs), outputs, WeightInit.XAVIER, values);
            } else {
                values.assign(name.endsWith(".bias") ? 0 : 1);
            }
        });
    }

    /**
     * Returns the updater of a parameter. Parameters that the frozen layers use too must not change; their updater has a
     * learning rate of 0, because DL4J's NoOp would apply the unscaled gradient.
     */
    @Override
    public IUpdater getUpdaterByParam(String parameter) {
        return isShared(parameter) ? new Sgd(0) : super.getUpdaterByParam(parameter);
    }

    @Override
    public List<Regularization> getRegularizationByParam(String parameter) {
        return isShared(parameter) || isVector(parameter) ? List.of() : super.getRegularizationByParam(parameter);
    }

    /** Returns whether a parameter is a bias or the gain of a normalisation. */
    private boolean isVector(String parameter) {
        return span().parameters(config()).entrySet().stream()
                .anyMatch(entry -> key(entry.getKey()).equals(parameter) && entry.getValue().length == 1);
    }

    private boolean isShared(String parameter) {
        return span().sharedFromBelow().stream().anyMatch(name -> key(name).equals(parameter));
    }

    /** Returns the names of the encoder's tensors that are parameters of this layer. */
    Set<String> tensorNames() {
        return span().parameters(config()).keySet();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FineTunedEncoder && super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
