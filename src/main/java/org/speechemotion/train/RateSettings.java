package org.speechemotion.train;

import java.io.Serializable;

/**
 * How a {@link Schedule} moves the learning rate.
 *
 * @param every how often the rate changes
 * @param warmUpEpochs in which the rate first rises in equal parts; a fraction is allowed where it changes every step
 * @param warmUpSteps the same in steps of a worker, where it changes every step; only one of the two is above 0
 * @param lowestShare of the learning rate, that linear, cosine and cosine-restarts come down to; 0 to below 1
 * @param cycleEpochs until cosine-restarts starts anew for the first time, above 0
 * @param cycleGrowth how many times longer each cycle of cosine-restarts is than the one before, at least 1
 * @param riseShare of one-cycle, in which the rate rises; 0 to below 1
 * @param startDivisor the learning rate by the rate that one-cycle begins with, at least 1
 * @param endDivisor the rate that one-cycle begins with by the rate that it ends with, at least 1
 */
public record RateSettings(
        Every every,
        double warmUpEpochs,
        int warmUpSteps,
        double lowestShare,
        double cycleEpochs,
        int cycleGrowth,
        double riseShare,
        double startDivisor,
        double endDivisor)
        implements Serializable {

    /** How often the rate changes. */
    public enum Every {
        /** With each epoch. */
        EPOCH,
        /** With each step of a worker. */
        STEP
    }

    public RateSettings {
        Limits.atLeast("warm-up-epochs", warmUpEpochs, 0);
        Limits.atLeast("warm-up-steps", warmUpSteps, 0);
        Limits.share("lowest-share", lowestShare);
        Limits.positive("cycle-epochs", cycleEpochs);
        Limits.atLeast("cycle-growth", cycleGrowth, 1);
        Limits.share("rise-share", riseShare);
        Limits.atLeast("start-divisor", startDivisor, 1);
        Limits.atLeast("end-divisor", endDivisor, 1);
        if (every == Every.EPOCH) {
            whole("warm-up-epochs", warmUpEpochs);
            whole("cycle-epochs", cycleEpochs);
            if (warmUpSteps > 0) {
                throw new IllegalArgumentException(
                        "warm-up-steps is " + warmUpSteps + " and every epoch: steps are counted with every = step");
            }
        }
        if (warmUpSteps > 0 && warmUpEpochs > 0) {
            throw new IllegalArgumentException("warm-up-steps is " + warmUpSteps + " and warm-up-epochs " + warmUpEpochs
                    + ": allowed is one of the two");
        }
    }

    /** Whether the schedule begins with a warm-up. */
    public boolean warmsUp() {
        return warmUpEpochs > 0 || warmUpSteps > 0;
    }

    /**
     * The rate of every step.
     *
     * @param peak the learning rate that the settings name
     * @param epochs of the training
     * @param stepsPerEpoch of a worker
     * @throws IllegalArgumentException where the warm-up lasts as long as the training, or longer
     */
    public ScheduledRate rate(Schedule schedule, double peak, int epochs, int stepsPerEpoch) {
        int perEpoch = every == Every.STEP ? stepsPerEpoch : 1;
        int total = Math.multiplyExact(epochs, perEpoch);
        int warmUp = warmUpSteps > 0 ? warmUpSteps : Math.toIntExact(Math.round(warmUpEpochs * perEpoch));
        if (warmUp >= total) {
            throw new IllegalArgumentException("the warm-up of training.rate has " + warmUp + ", but the training only "
                    + total + (every == Every.STEP ? " steps" : " epochs"));
        }
        return new ScheduledRate(
                schedule,
                peak,
                every == Every.STEP,
                total,
                warmUp,
                lowestShare,
                Math.max(1, Math.round(cycleEpochs * perEpoch)),
                cycleGrowth,
                riseShare,
                startDivisor,
                endDivisor);
    }

    private static void whole(String name, double value) {
        if (value != Math.rint(value)) {
            throw new IllegalArgumentException(
                    name + " is " + value + ": allowed is a whole number, or every = step for a fraction");
        }
    }
}
