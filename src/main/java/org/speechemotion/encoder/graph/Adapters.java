package org.speechemotion.encoder.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.speechemotion.encoder.Lora;
import org.speechemotion.encoder.Lora.Projection;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;

/**
 * The matrices of {@link Lora} in the layers of a span. They have the names that the library PEFT gives them: {@code lora_A}, of
 * shape {@code [rank, in]}, and {@code lora_B}, of shape {@code [out, rank]}.
 */
public record Adapters(Lora lora) {
    private static final String DOWN = ".lora_A.weight";
    private static final String UP = ".lora_B.weight";

    /** Returns the shapes of the matrices by their names. */
    public Map<String, long[]> parameters(EncoderSpan span, TransformerConfig config) {
        Map<String, long[]> parameters = new LinkedHashMap<>();
        for (String part : parts(span)) {
            List<Long> weight = TensorNames.all(config).get(part + ".weight").sizes();
            parameters.put(part + DOWN, new long[] {lora.rank(), weight.get(1)});
            parameters.put(part + UP, new long[] {weight.get(0), lora.rank()});
        }
        return parameters;
    }

    /** Returns the prefixes of the linear maps that are adapted. */
    public List<String> parts(EncoderSpan span) {
        return IntStream.range(span.firstLayer(), span.to())
                .boxed()
                .flatMap(layer -> lora.projections().stream().map(one -> TensorNames.layer(layer) + part(one)))
                .toList();
    }

    /** Returns the name of the matrix A of a linear map. */
    public static String down(String part) {
        return part + DOWN;
    }

    /** Returns the name of the matrix B of a linear map, which is 0 before training. */
    public static String up(String part) {
        return part + UP;
    }

    boolean contains(String part) {
        return lora.projections().stream().anyMatch(projection -> part.endsWith("." + part(projection)));
    }

    /** Adds the product with the matrices to the output of a linear map, {@code [rows, in] → [rows, out]}. */
    SDVariable add(GraphScope scope, SDVariable rows, String part, SDVariable output) {
        SameDiff graph = scope.graph();
        SDVariable narrow = graph.linalg().mmul(rows, scope.parameters().apply(down(part)), false, true, false);
        SDVariable change = graph.linalg().mmul(narrow, scope.parameters().apply(up(part)), false, true, false);
        return output.add(change.mul(lora.scale()));
    }

    private static String part(Projection projection) {
        return switch (projection) {
            case QUERY -> TensorNames.QUERY;
            case KEY -> TensorNames.KEY;
            case VALUE -> TensorNames.VALUE;
            case OUTPUT -> TensorNames.ATTENTION_OUTPUT;
            case INNER -> TensorNames.INNER;
            case OUTER -> TensorNames.OUTER;
        };
    }
}
