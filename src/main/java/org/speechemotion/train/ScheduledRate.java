package org.speechemotion.train;

import org.nd4j.linalg.schedule.ISchedule;

/**
 * The learning rate of every step for DL4J's updaters, with the formulas of PyTorch's schedulers. It counts epochs or
 * steps from 0. It is stored in a model's configuration and does not validate its values, because a model must open
 * regardless of its training.
 *
 * @param peak the initial rate of the schedule, or the highest one of one-cycle
 * @param bySteps whether the rate changes with each step, or else with each epoch
 * @param total the number of epochs or steps of the training
 * @param warmUp the number of epochs or steps of the linear warm-up, after which the schedule begins
 * @param lowestShare the share of the peak at which linear and cosine end
 * @param cycle the length of the first cycle of cosine-restarts
 * @param cycleGrowth the ratio of the lengths of consecutive cycles
 * @param riseShare the share of one-cycle in which the rate rises
 * @param startDivisor the ratio of the peak to the initial rate of one-cycle
 * @param endDivisor the ratio of the initial to the final rate of one-cycle
 */
public record ScheduledRate(
        Schedule schedule,
        double peak,
        boolean bySteps,
        int total,
        int warmUp,
        double lowestShare,
        long cycle,
        int cycleGrowth,
        double riseShare,
        double startDivisor,
        double endDivisor)
        implements ISchedule {
    private static final long serialVersionUID = 1L;

    /**
     * Returns the rate of a step in an epoch, both counted from 0. After the end of the training the rate stays constant.
     */
    @Override
    public double valueAt(int iteration, int epoch) {
        int index = Math.min(bySteps ? iteration : epoch, total - 1);
        if (index < warmUp) {
            return peak * (index + 1) / (warmUp + 1);
        }
        int i = index - warmUp;
        int n = total - warmUp;
        return switch (schedule) {
            case CONSTANT -> peak;
            case LINEAR -> lowest() + (peak - lowest()) * (n - i) / n;
            case COSINE -> cosine(peak, lowest(), (double) i / n);
            case COSINE_RESTARTS -> restarting(i);
            case ONE_CYCLE -> oneCycle(i, n);
        };
    }

    private double lowest() {
        return lowestShare * peak;
    }

    private double restarting(int i) {
        long position = i;
        long length = cycle;
        while (position >= length) {
            position -= length;
            length *= cycleGrowth;
        }
        return cosine(peak, lowest(), (double) position / length);
    }

    /**
     * Computes one-cycle. The first step has the initial rate and the last the final one, so that n steps have n − 1
     * intervals.
     */
    private double oneCycle(int i, int n) {
        double start = peak / startDivisor;
        double top = Math.max(0, riseShare * n - 1);
        if (i < top) {
            return cosine(start, peak, i / top);
        }
        return n == 1 ? peak : cosine(peak, start / endDivisor, (i - top) / (n - 1 - top));
    }

    /** Interpolates between two rates along half a cosine; the share is 0 at the first. */
    private static double cosine(double from, double to, double share) {
        return to + (from - to) * (1 + Math.cos(Math.PI * share)) / 2;
    }

    /** Returns this schedule, which is immutable. */
    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod")
    public ISchedule clone() {
        return this;
    }
}
