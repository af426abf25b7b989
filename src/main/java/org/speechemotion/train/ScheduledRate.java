package org.speechemotion.train;

import org.nd4j.linalg.schedule.ISchedule;

/**
 * The learning rate of every step, as DL4J's updaters ask for it. What it counts are epochs or steps, from 0. It is kept
 * with a model's configuration, so it checks nothing: a model must open, whatever its training was. The formulas are those
 * of PyTorch's schedulers.
 *
 * @param peak what the schedule starts from, or for one-cycle rises to
 * @param bySteps whether it counts steps, and so changes with each, or epochs
 * @param total number of epochs or steps of the training
 * @param warmUp in the first so many the rate rises by equal parts, and the schedule begins only then
 * @param lowestShare of the peak, that linear and cosine come down to
 * @param cycle length of the first fall of cosine-restarts
 * @param cycleGrowth how many times longer each fall is than the one before
 * @param riseShare of one-cycle, in which the rate rises
 * @param startDivisor the peak by what one-cycle begins with
 * @param endDivisor what one-cycle begins with by what it ends with
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

    /** The rate of a step, which is in an epoch: both counted from 0. Beyond the end it stays. */
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

    /** The first is the lowest of the rise and the last the lowest of all, so that n steps have n − 1 distances. */
    private double oneCycle(int i, int n) {
        double start = peak / startDivisor;
        double top = Math.max(0, riseShare * n - 1);
        if (i < top) {
            return cosine(start, peak, i / top);
        }
        return n == 1 ? peak : cosine(peak, start / endDivisor, (i - top) / (n - 1 - top));
    }

    /** From one rate, at a share of 0, to another, at 1. */
    private static double cosine(double from, double to, double share) {
        return to + (from - to) * (1 + Math.cos(Math.PI * share)) / 2;
    }

    /** Itself: it cannot change. */
    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod")
    public ISchedule clone() {
        return this;
    }
}
