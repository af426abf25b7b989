package org.speechemotion.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Supplier;
import org.speechemotion.math.Memory;

/**
 * Trains on the two halves of a batch at the same time, each by a kernel of its own, if a core is free, and otherwise on one
 * after the other. The division depends on the batch alone and the gradients are added in the order of the halves, so the
 * result does not depend on the number of cores. Predictions use one thread, because other tasks predict beside it.
 */
final class ParallelKernel implements FrameKernel {
    private final FrameKernel first;
    private final FrameKernel second;
    private final Map<String, Memory> secondGradients = new LinkedHashMap<>();

    ParallelKernel(Supplier<FrameKernel> kernels) {
        first = kernels.get();
        second = kernels.get();
    }

    @Override
    public void forward(Batch batch, Memory input, Map<String, Memory> parameters, Memory output, boolean training) {
        if (!training || batch.clips() == 1) {
            first.forward(batch, input, parameters, output, training);
            return;
        }
        inParallel(
                () -> first.forward(
                        half(batch, true), half(input, batch, true), parameters, half(output, batch, true), true),
                () -> second.forward(
                        half(batch, false), half(input, batch, false), parameters, half(output, batch, false), true));
    }

    @Override
    public void backward(
            Batch batch,
            Memory input,
            Map<String, Memory> parameters,
            Memory outputGradient,
            Map<String, Memory> gradients,
            Memory inputGradient) {
        if (batch.clips() == 1) {
            first.backward(batch, input, parameters, outputGradient, gradients, inputGradient);
            return;
        }
        gradients.forEach((name, gradient) -> secondGradients.computeIfAbsent(name, n -> new Memory(gradient.size())));
        inParallel(
                () -> first.backward(
                        half(batch, true),
                        half(input, batch, true),
                        parameters,
                        half(outputGradient, batch, true),
                        gradients,
                        half(inputGradient, batch, true)),
                () -> second.backward(
                        half(batch, false),
                        half(input, batch, false),
                        parameters,
                        half(outputGradient, batch, false),
                        secondGradients,
                        half(inputGradient, batch, false)));
        gradients.forEach((name, gradient) -> add(secondGradients.get(name), gradient));
    }

    private static void inParallel(Runnable first, Runnable second) {
        // The common pool has a thread for each other core; a caller that waits runs what none of them has begun.
        ForkJoinTask<?> forked = ForkJoinTask.adapt(second).fork();
        try {
            first.run();
        } finally {
            // Even after a failure, because the other half writes to the same arrays.
            forked.join();
        }
    }

    private static Batch half(Batch batch, boolean first) {
        int middle = batch.clips() / 2;
        int clips = first ? middle : batch.clips() - middle;
        float[] mask = new float[clips * batch.time()];
        System.arraycopy(batch.mask(), first ? 0 : middle * batch.time(), mask, 0, mask.length);
        return new Batch(clips, batch.time(), mask);
    }

    /** Returns the part of {@code [clips, …]} that belongs to a half; null for null. */
    private static Memory half(Memory memory, Batch batch, boolean first) {
        if (memory == null) {
            return null;
        }
        int middle = memory.size() / batch.clips() * (batch.clips() / 2);
        return first ? Memory.view(memory.from(0), middle) : Memory.view(memory.from(middle), memory.size() - middle);
    }

    private static void add(Memory summand, Memory sum) {
        float[] values = new float[sum.size()];
        float[] others = new float[sum.size()];
        sum.get(0, values, 0, values.length);
        summand.get(0, others, 0, others.length);
        for (int i = 0; i < values.length; i++) {
            values[i] += others[i];
        }
        sum.put(0, values, 0, values.length);
    }
}
