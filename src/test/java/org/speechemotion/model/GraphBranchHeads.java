package org.speechemotion.model;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.encoder.graph.GraphMath;

/** {@link BranchHeads} without dropout as a SameDiff graph. */
final class GraphBranchHeads extends GraphTwin {
    private static final int FIRST_AXIS = 0b01;

    private final transient BranchHeads definition;

    GraphBranchHeads(BranchHeads definition) {
        super(definition);
        this.definition = definition;
    }

    @Override
    public SDVariable defineLayer(
            SameDiff graph, SDVariable input, Map<String, SDVariable> parameters, SDVariable mask) {
        SDVariable[] logits = new SDVariable[definition.getWidths().size()];
        long column = 0;
        for (int branch = 0; branch < logits.length; branch++) {
            long end = column + definition.getWidths().get(branch);
            SDVariable own = graph.stridedSlice(
                    input, new long[] {0, column}, new long[] {0, end}, new long[] {1, 1}, 0, FIRST_AXIS, 0, 0, 0);
            SDVariable hidden = GraphMath.gelu(graph, linear(own, BranchHeads.hidden(branch), parameters));
            logits[branch] = linear(hidden, BranchHeads.logits(branch), parameters);
            column = end;
        }
        return logits.length == 1 ? logits[0] : graph.concat(1, logits);
    }

    private static SDVariable linear(SDVariable x, String name, Map<String, SDVariable> parameters) {
        return x.mmul(parameters.get(KernelLayer.weight(name))).add(parameters.get(KernelLayer.bias(name)));
    }

    @Override
    public INDArray onesMaskForInput(INDArray input) {
        return Nd4j.ones(input.dataType(), input.size(0), 1);
    }
}
