package org.speechemotion.augment;

import java.io.Serializable;
import org.speechemotion.encoder.Frames;
import org.speechemotion.random.KeyedRandom;

/**
 * Mixup (Zhang et al., arXiv 1710.09412): a share λ of one clip and of its label, and 1 − λ of another, λ ~ Beta(α, α).
 *
 * @param alpha α, 0 to 4; 0 mixes nothing
 */
public record Mixup(double alpha) implements Serializable {
    /** Rejection takes 70 attempts on average at 4, and more than 100 000 at 10. */
    private static final double GREATEST_ALPHA = 4;

    /** @throws IllegalArgumentException if α is outside its range */
    public Mixup {
        Ranges.require("mixup", "alpha", alpha, 0, GREATEST_ALPHA);
    }

    /** Whether it mixes anything. */
    public boolean isOn() {
        return alpha > 0;
    }

    /** λ by Jöhnk's method (Metrika 8, 1964), 0 to 1; 1 where α is 0. */
    public double draw(KeyedRandom random) {
        if (!isOn()) {
            return 1;
        }
        while (true) {
            // In logarithms: with a small α both powers are below the least double.
            double first = StrictMath.log(1 - random.nextDouble()) / alpha;
            double second = StrictMath.log(1 - random.nextDouble()) / alpha;
            double greater = Math.max(first, second);
            double logSum = greater + StrictMath.log1p(StrictMath.exp(Math.min(first, second) - greater));
            if (logSum <= 0) {
                return StrictMath.exp(first - logSum);
            }
        }
    }

    /**
     * Mixes frames. Beyond its end the shorter clip counts as zeros.
     *
     * @param lambda the first one's share, 0 to 1
     * @return frames as many as the longer clip's
     * @throws IllegalArgumentException if the widths differ, or lambda is outside its range
     */
    public static Frames mix(Frames first, Frames second, double lambda) {
        if (first.width() != second.width()) {
            throw new IllegalArgumentException(
                    "cannot mix frames of width " + first.width() + " with frames of width " + second.width());
        }
        if (!(lambda >= 0 && lambda <= 1)) {
            throw new IllegalArgumentException("lambda is " + lambda + ": allowed is 0 to 1");
        }
        int time = Math.max(first.time(), second.time());
        float[] values = new float[time * first.width()];
        add(values, first.values(), (float) lambda);
        add(values, second.values(), (float) (1 - lambda));
        return new Frames(values, time, first.width());
    }

    private static void add(float[] sums, float[] values, float share) {
        for (int i = 0; i < values.length; i++) {
            sums[i] += share * values[i];
        }
    }
}
