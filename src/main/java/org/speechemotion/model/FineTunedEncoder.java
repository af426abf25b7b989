package org.speechemotion.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.speechemotion.encoder.graph.Cut;
import org.speechemotion.encoder.graph.EncoderGraph;
import org.speechemotion.encoder.graph.EncoderSpan;
import org.speechemotion.encoder.graph.GraphScope;
import org.speechemotion.encoder.transformer.EncoderTensors;
import org.speechemotion.encoder.transformer.TransformerConfig;

/**
 * The layer for the part of a speech transformer that is trained with the head:
 * {@code [batch, time, in] → [batch, time, width]}, or from audio {@code [batch, samples, 1]}, with a mask of the input's
 * second axis. Its parameters have the names of the encoder's tensors, with hyphens for underscores.
 */
public final class FineTunedEncoder extends GraphLayer {
    /** Plain data, because DL4J sends a network's configuration to the workers with Java serialisation. */
    private Map<String, Object> architecture;

    private String from;
    private int to;

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
        super(new EmptyBuilder());
        span.check(config);
        architecture = Architecture.of(config);
        from = span.from().toString();
        to = span.to();
        setUpdater(updater);
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

    /**
     * Returns the name of a tensor's parameter without underscores, because DL4J separates layer and parameter at the
     * last one.
     */
    static String key(String tensor) {
        return tensor.replace('_', '-');
    }

    @Override
    public SDVariable defineLayer(
            SameDiff graph, SDVariable input, Map<String, SDVariable> parameters, SDVariable mask) {
        GraphScope scope = new GraphScope(graph, config(), name -> parameters.get(key(name)));
        return EncoderGraph.define(scope, span(), input, mask).end();
    }

    /** For audio, converts the mask of the samples to a mask of the frames: a frame is valid if its last sample is. */
    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int batch) {
        if (mask == null || !(span().from() instanceof Cut.Waveform)) {
            return Pair.of(mask, state);
        }
        INDArray last = mask.get(
                NDArrayIndex.all(),
                NDArrayIndex.interval(config().receptiveField() - 1L, config().hop(), mask.size(1)));
        return Pair.of(last.dup('c'), state);
    }

    @Override
    public void validateInput(INDArray input) {
        int least = span().from() instanceof Cut.Waveform ? config().receptiveField() : 1;
        if (input.rank() != 3 || input.size(2) != span().from().width(config()) || input.size(1) < least) {
            throw new IllegalArgumentException("the input of the encoder above " + from + " has shape "
                    + Arrays.toString(input.shape()) + "; allowed: [batch, at least " + least + ", "
                    + span().from().width(config()) + "]");
        }
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

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return InputType.recurrent(config().width(), RNNFormat.NWC);
    }

    /** Returns the names of the encoder's tensors that are parameters of this layer. */
    Set<String> tensorNames() {
        return span().parameters(config()).keySet();
    }

    private EncoderSpan span() {
        return new EncoderSpan(Cut.parse(from), to);
    }

    private TransformerConfig config() {
        return Architecture.read(architecture);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FineTunedEncoder that
                && super.equals(that)
                && architecture.equals(that.architecture)
                && from.equals(that.from)
                && to == that.to;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), architecture, from, to);
    }

    public Map<String, Object> getArchitecture() {
        return Collections.unmodifiableMap(architecture);
    }

    public void setArchitecture(Map<String, Object> architecture) {
        this.architecture = Architecture.of(Architecture.read(architecture));
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(String from) {
        this.from = Cut.parse(from).toString();
    }

    public int getTo() {
        return to;
    }

    public void setTo(int to) {
        this.to = to;
    }
}
