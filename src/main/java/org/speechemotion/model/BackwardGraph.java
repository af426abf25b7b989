package org.speechemotion.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.Variable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The backward pass of a SameDiff graph. SameDiff's own graph of the gradients begins with the operations of the forward pass; here
 * their results are inputs.
 *
 * @param graph the graph of the gradients
 * @param gradients the names of the gradients in it, by the names of the variables
 * @param forwardResults the names of the results of the forward pass that are inputs
 */
record BackwardGraph(SameDiff graph, Map<String, String> gradients, List<String> forwardResults) {
    private static final String GRADIENTS = "grad";

    /**
     * Defines the backward pass.
     *
     * @param forward the forward pass, which has a loss
     * @param variables the variables and placeholders whose gradients are needed
     */
    static BackwardGraph of(SameDiff forward, Collection<String> variables) {
        forward.createGradFunction(variables.toArray(String[]::new));
        SameDiff graph = forward.getFunction(GRADIENTS);
        Map<String, String> gradients = new LinkedHashMap<>();
        variables.forEach(name -> gradients.put(name, forward.grad(name).name()));
        List<String> results = forwardResults(forward, graph, gradients.values());
        for (String name : results) {
            Variable variable = graph.getVariables().get(name);
            variable.setOutputOfOp(null);
            variable.getVariable().setVariableType(VariableType.PLACEHOLDER);
        }
        return new BackwardGraph(graph, gradients, results);
    }

    /** Returns the results of operations of the forward pass that operations needed for the gradients take. */
    private static List<String> forwardResults(SameDiff forward, SameDiff graph, Collection<String> gradients) {
        Set<String> seen = new LinkedHashSet<>(gradients);
        Queue<String> open = new ArrayDeque<>(gradients);
        List<String> results = new ArrayList<>();
        while (!open.isEmpty()) {
            String name = open.remove();
            String operation = graph.getVariables().get(name).getOutputOfOp();
            if (operation == null) {
                continue;
            }
            if (forward.getOps().containsKey(operation)) {
                results.add(name);
                continue;
            }
            List<String> inputs = graph.getOps().get(operation).getInputsToOp();
            if (inputs != null) {
                inputs.stream().filter(seen::add).forEach(open::add);
            }
        }
        return List.copyOf(results);
    }

    /** Computes the gradients, by the names of the variables. */
    Map<String, INDArray> gradients(Map<String, INDArray> inputs) {
        Map<String, INDArray> byGradient = graph.output(inputs, List.copyOf(gradients.values()));
        Map<String, INDArray> byVariable = new HashMap<>();
        gradients.forEach((variable, gradient) -> byVariable.put(variable, byGradient.get(gradient)));
        return byVariable;
    }
}
