package org.speechemotion.augment;

import java.util.Comparator;
import java.util.List;
import org.speechemotion.random.KeyedRandom;

/**
 * Recordings to train with, and others to test with: a model that is tested under noise it was trained with says little.
 *
 * @param training sorted
 * @param heldOut sorted
 */
public record SoundSplit(List<String> training, List<String> heldOut) {
    /**
     * Splits recordings: those that come first in an order drawn from the seed and each one's name are held out.
     *
     * @param names distinct, the same wherever the recordings lie
     * @param heldOutRatio share that is held out, rounded up; both sides have at least one
     * @throws IllegalArgumentException where there are fewer than two, or the ratio is not between 0 and 1
     */
    public static SoundSplit of(List<String> names, double heldOutRatio, long seed) {
        if (names.size() < 2) {
            throw new IllegalArgumentException(names.size() + " recordings cannot be split: allowed are 2 or more");
        }
        if (!(heldOutRatio > 0 && heldOutRatio < 1)) {
            throw new IllegalArgumentException(
                    "sounds.held-out-ratio is " + heldOutRatio + ": allowed is above 0 and below 1");
        }
        List<String> order = names.stream()
                .sorted(Comparator.comparingDouble(
                                (String name) -> new KeyedRandom(seed, "held-out sound", name).nextDouble())
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        int heldOut = Math.min(names.size() - 1, (int) Math.ceil(names.size() * heldOutRatio));
        return new SoundSplit(
                order.subList(heldOut, order.size()).stream().sorted().toList(),
                order.subList(0, heldOut).stream().sorted().toList());
    }
}
