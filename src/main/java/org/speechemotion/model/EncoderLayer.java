package org.speechemotion.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.IUpdater;
import org.speechemotion.encoder.graph.Cut;
import org.speechemotion.encoder.graph.EncoderSpan;
import org.speechemotion.encoder.transformer.TransformerConfig;

/**
 * A layer that is a part of a speech transformer: {@code [batch, time, in] → [batch, time, width]}, or from audio
 * {@code [batch, samples, 1]}, with a mask of the input's second axis. Its parameters have the names of the encoder's tensors, with
 * hyphens for underscores.
 */
abstract class EncoderLayer extends GraphLayer {
    /** Plain data, because DL4J sends a network's configuration to the workers with Java serialisation. */
    private Map<String, Object> architecture;

    private String from;
    private int to;

    /** Creates an empty layer for Jackson. */
    EncoderLayer() {}

    /**
     * Creates the layer.
     *
     * @param updater the updater of its parameters; null for the network's
     * @throws IllegalArgumentException if the encoder has no such part
     */
    EncoderLayer(TransformerConfig config, EncoderSpan span, IUpdater updater) {
        super(new EmptyBuilder());
        span.check(config);
        architecture = Architecture.of(config);
        from = span.from().toString();
        to = span.to();
        setUpdater(updater);
    }

    /**
     * Returns the name of a tensor's parameter without underscores, because DL4J separates layer and parameter at the
     * last one.
     */
    static String key(String tensor) {
        return tensor.replace('_', '-');
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

    /** The layer is the first of its network. */
    @Override
    boolean needsInputGradient() {
        return false;
    }

    @Override
    public void validateInput(INDArray input) {
        int min = span().from() instanceof Cut.Waveform ? config().receptiveField() : 1;
        if (input.rank() != 3 || input.size(2) != span().from().width(config()) || input.size(1) < min) {
            throw new IllegalArgumentException("the input of the encoder above " + from + " has shape "
                    + Arrays.toString(input.shape()) + "; allowed: [batch, at least " + min + ", "
                    + span().from().width(config()) + "]");
        }
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return InputType.recurrent(config().width(), RNNFormat.NWC);
    }

    EncoderSpan span() {
        return new EncoderSpan(Cut.parse(from), to);
    }

    TransformerConfig config() {
        return Architecture.read(architecture);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncoderLayer that
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
