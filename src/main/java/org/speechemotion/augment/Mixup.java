package org.speechemotion.augment;

import java.io.Serializable;
import org.speechemotion.encoder.Frames;
import org.speechemotion.random.KeyedRandom;

/**
 * Mixup (Zhang et al., arXiv 1710.09412) blends two clips and their labels in the proportion λ to 1 − λ, where λ is drawn
 * from Beta(α, α).
 *
 * @param alpha α, 0 to 4; 0 disables mixup
 */
public record Mixup(double alpha) implements Serializable {
    /** Rejection sampling takes 70 attempts on average at 4, but more than 100 000 at 10. */
    private static final double MAX_ALPHA = 4;

    /** @throws IllegalArgumentException if α is outside its range */
    public Mixup {
        Ranges.require("mixup", "alpha", alpha, 0, MAX_ALPHA);
    }

    /** Returns whether mixup is enabled. */
    public boolean isOn() {
        return alpha > 0;
    }

    /** Draws λ in [0, 1] by the method of Jöhnk (Metrika 8, 1964); it is 1 if α is 0. */
    public double draw(KeyedRandom random) {
        if (!isOn()) {
            return 1;
        }
        while (true) {
            // Logarithms, because with a small α both powers underflow.
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
     * Mixes frames. The shorter clip is padded with zeros.
     *
     * @param lambda the share of the first clip, 0 to 1
     * @return as many frames as the longer clip has
     * @throws IllegalArgumentException if the widths differ or lambda is out of range
     */
    public static Frames mix(Frames first, Frames second, double lambda) {
        if (first.width() != second.width()) {
            throw new IllegalArgumentException(
                    "cannot mix frames of width " + first.width() + " with frames of width " + second.width());
        }
        if (!(lambda >= 0 && lambda <= 1)) {
            throw new IllegalArgumentException("lambda is " + lambda + "; allowed: 0 to 1");
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
