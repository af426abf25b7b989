package org.speechemotion.train;

import java.io.Serializable;

/**
 * The settings of a learning rate {@link Schedule}.
 *
 * @param every the interval at which the rate changes
 * @param warmUpEpochs the length of the linear warm-up in epochs; may be a fraction if the rate changes every step
 * @param warmUpSteps the length of the warm-up in steps of a worker, if the rate changes every step; only one of the two
 *     lengths may be above 0
 * @param lowestShare the share of the learning rate at which linear, cosine and cosine-restarts end, 0 to below 1
 * @param cycleEpochs the length of the first cycle of cosine-restarts in epochs, above 0
 * @param cycleGrowth the ratio of the lengths of consecutive cycles of cosine-restarts, at least 1
 * @param riseShare the share of one-cycle in which the rate rises, 0 to below 1
 * @param startDivisor the ratio of the learning rate to the initial rate of one-cycle, at least 1
 * @param endDivisor the ratio of the initial to the final rate of one-cycle, at least 1
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

    /** The interval at which the rate changes. */
    public enum Every {
        /** The rate changes with each epoch. */
        EPOCH,
        /** The rate changes with each step of a worker. */
        STEP
    }

    public RateSettings {
        Require.atLeast("warm-up-epochs", warmUpEpochs, 0);
        Require.atLeast("warm-up-steps", warmUpSteps, 0);
        Require.share("lowest-share", lowestShare);
        Require.positive("cycle-epochs", cycleEpochs);
        Require.atLeast("cycle-growth", cycleGrowth, 1);
        Require.share("rise-share", riseShare);
        Require.atLeast("start-divisor", startDivisor, 1);
        Require.atLeast("end-divisor", endDivisor, 1);
        if (every == Every.EPOCH) {
            whole("warm-up-epochs", warmUpEpochs);
            whole("cycle-epochs", cycleEpochs);
            if (warmUpSteps > 0) {
                throw new IllegalArgumentException("warm-up-steps is " + warmUpSteps + "; allowed: 0 if every = epoch");
            }
        }
        if (warmUpSteps > 0 && warmUpEpochs > 0) {
            throw new IllegalArgumentException("warm-up-steps is " + warmUpSteps + " and warm-up-epochs is "
                    + warmUpEpochs + "; allowed: only one of them above 0");
        }
    }

    /** Returns whether the schedule begins with a warm-up. */
    public boolean warmsUp() {
        return warmUpEpochs > 0 || warmUpSteps > 0;
    }

    /**
     * Computes the learning rate of every step.
     *
     * @param peak the learning rate of the settings
     * @param epochs the number of epochs of the training
     * @param stepsPerEpoch the number of steps of a worker per epoch
     * @throws IllegalArgumentException if the warm-up is not shorter than the training
     */
    public ScheduledRate rate(Schedule schedule, double peak, int epochs, int stepsPerEpoch) {
        int perEpoch = every == Every.STEP ? stepsPerEpoch : 1;
        int total = Math.multiplyExact(epochs, perEpoch);
        int warmUp = warmUpSteps > 0 ? warmUpSteps : Math.toIntExact(Math.round(warmUpEpochs * perEpoch));
        if (warmUp >= total) {
            throw new IllegalArgumentException(
                    "the warm-up of training.rate is " + warmUp + (every == Every.STEP ? " steps" : " epochs")
                            + "; allowed: less than the " + total + " of the training");
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
            throw new IllegalArgumentException(name + " is " + value + "; allowed: a whole number unless every = step");
        }
    }
}
