package org.speechemotion.model;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.speechemotion.math.Memory;

/**
 * Computes one branch of a {@link ContextPooling}: the leading values of each frame → convolutions → pooling,
 * {@code [clips, time, frameWidth] → [clips, columns]}.
 */
final class BranchKernel implements FrameKernel {
    private final int frameWidth;
    private final List<Step> steps;
    private final Batch[] batches;
    private final Buffer[] inputs;
    private final Buffer[] inputGradients;

    /**
     * A step of the branch.
     *
     * @param inputWidth the number of values per input frame
     * @param stride the number of input frames per output frame
     */
    record Step(FrameKernel kernel, int inputWidth, int stride) {}

    /**
     * @param frameWidth the number of values of a frame
     * @param steps the convolutions and the pooling; the first step sees as many leading values of a frame as it has inputs
     */
    BranchKernel(int frameWidth, List<Step> steps) {
        this.frameWidth = frameWidth;
        this.steps = steps;
        batches = new Batch[steps.size()];
        inputs = Stream.generate(Buffer::new).limit(steps.size()).toArray(Buffer[]::new);
        inputGradients = Stream.generate(Buffer::new).limit(steps.size()).toArray(Buffer[]::new);
    }

    /** Memory that grows with the batches. */
    private static final class Buffer {
        private Memory memory = new Memory(0);

        /** Returns a view of exactly a number of values. */
        Memory of(int size) {
            memory = memory.grownTo(size);
            return Memory.view(memory.from(0), size);
        }
    }

    @Override
    public void forward(Batch batch, Memory input, Map<String, Memory> parameters, Memory output, boolean training) {
        batches[0] = batch;
        Memory frames = seesAll() ? input : leading(batch, input);
        for (int i = 0; i < steps.size(); i++) {
            boolean last = i == steps.size() - 1;
            if (!last) {
                batches[i + 1] = batches[i].every(steps.get(i).stride());
            }
            Memory next = last ? output : inputs[i + 1].of(size(i + 1));
            steps.get(i).kernel().forward(batches[i], frames, parameters, next, training);
            frames = next;
        }
    }

    /** Adds to the gradient with respect to the input, because other branches have a part in it. */
    @Override
    public void backward(
            Batch batch,
            Memory input,
            Map<String, Memory> parameters,
            Memory outputGradient,
            Map<String, Memory> gradients,
            Memory inputGradient) {
        Memory incoming = outputGradient;
        for (int i = steps.size() - 1; i >= 0; i--) {
            Memory frames = i == 0 && seesAll() ? input : inputs[i].of(size(i));
            Memory next = i == 0 && inputGradient == null ? null : inputGradients[i].of(size(i));
            steps.get(i).kernel().backward(batches[i], frames, parameters, incoming, gradients, next);
            incoming = next;
        }
        if (inputGradient != null) {
            addLeading(batch, incoming, inputGradient);
        }
    }

    private int size(int step) {
        return Math.multiplyExact(
                batches[step].clips() * batches[step].time(), steps.get(step).inputWidth());
    }

    private boolean seesAll() {
        return width() == frameWidth;
    }

    private int width() {
        return steps.get(0).inputWidth();
    }

    private Memory leading(Batch batch, Memory input) {
        float[] frames = new float[batch.time() * frameWidth];
        float[] seen = new float[batch.time() * width()];
        Memory target = inputs[0].of(size(0));
        for (int clip = 0; clip < batch.clips(); clip++) {
            input.get(clip * frames.length, frames, 0, frames.length);
            for (int frame = 0; frame < batch.time(); frame++) {
                System.arraycopy(frames, frame * frameWidth, seen, frame * width(), width());
            }
            target.put(clip * seen.length, seen, 0, seen.length);
        }
        return target;
    }

    private void addLeading(Batch batch, Memory summand, Memory sum) {
        float[] sums = new float[batch.time() * frameWidth];
        float[] summands = new float[batch.time() * width()];
        for (int clip = 0; clip < batch.clips(); clip++) {
            sum.get(clip * sums.length, sums, 0, sums.length);
            summand.get(clip * summands.length, summands, 0, summands.length);
            for (int frame = 0; frame < batch.time(); frame++) {
                for (int i = 0; i < width(); i++) {
                    sums[frame * frameWidth + i] += summands[frame * width() + i];
                }
            }
            sum.put(clip * sums.length, sums, 0, sums.length);
        }
    }
}
