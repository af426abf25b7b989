package org.speechemotion.encoder.graph;

import java.util.Optional;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.speechemotion.encoder.transformer.Activation;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;

/**
 * The context in which the parts of an encoder are defined.
 *
 * @param graph the graph to which operations are added
 * @param config the architecture
 * @param parameters maps names of {@link TensorNames}, and those of the adapters, to variables of the shapes given there
 * @param adapters the adapters of linear maps; empty for none
 */
public record GraphScope(
        SameDiff graph,
        TransformerConfig config,
        Function<String, SDVariable> parameters,
        Optional<Adapters> adapters) {

    /** Creates a context without adapters. */
    public GraphScope(SameDiff graph, TransformerConfig config, Function<String, SDVariable> parameters) {
        this(graph, config, parameters, Optional.empty());
    }

    SDVariable weight(String part) {
        return parameters.apply(part + ".weight");
    }

    SDVariable bias(String part) {
        return parameters.apply(part + ".bias");
    }

    /** Applies an affine map with its adapter, if it has one, {@code [rows, in] → [rows, out]}. */
    SDVariable linear(SDVariable rows, String part) {
        SDVariable output =
                graph.linalg().mmul(rows, weight(part), false, true, false).add(bias(part));
        return adapters.filter(all -> all.contains(part))
                .map(all -> all.add(this, rows, part, output))
                .orElse(output);
    }

    /**
     * Applies layer normalisation with gain and bias to {@code [rows, width]}.
     *
     * @param ones {@code [rows, 1]}
     */
    SDVariable norm(SDVariable rows, SDVariable ones, String part, long width, double epsilon) {
        SDVariable normalised = GraphMath.layerNorm(graph, rows, width, epsilon);
        SDVariable gain = ones.mmul(graph.reshape(weight(part), 1, width));
        return normalised.mul(gain).add(bias(part));
    }

    /** Applies layer normalisation with the epsilon of the transformer. */
    SDVariable norm(SDVariable rows, FrameMask mask, String part) {
        return norm(rows, mask.ones(), part, config.width(), config.epsilon());
    }

    SDVariable activate(SDVariable x, Activation activation) {
        return switch (activation) {
            case GELU -> GraphMath.gelu(graph, x);
            case RELU -> graph.nn().relu(x, 0);
        };
    }
}
