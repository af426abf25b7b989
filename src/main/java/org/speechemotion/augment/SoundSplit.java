package org.speechemotion.augment;

import java.util.Comparator;
import java.util.List;
import org.speechemotion.random.KeyedRandom;

/**
 * Separates recordings for training from recordings for testing, because a test under noise of the training is misleading.
 *
 * @param training the recordings for training, sorted
 * @param heldOut the recordings for testing, sorted
 */
public record SoundSplit(List<String> training, List<String> heldOut) {
    /**
     * Splits recordings in an order that is drawn from the seed and the name of each.
     *
     * @param names distinct names that do not depend on the location of the collection
     * @param heldOutRatio the share that is held out, rounded up; both sides get at least one recording
     * @throws IllegalArgumentException if there are fewer than two recordings, or the ratio is not between 0 and 1
     */
    public static SoundSplit of(List<String> names, double heldOutRatio, long seed) {
        if (names.size() < 2) {
            throw new IllegalArgumentException(names.size() + " recordings cannot be split; allowed: at least 2");
        }
        if (!(heldOutRatio > 0 && heldOutRatio < 1)) {
            throw new IllegalArgumentException(
                    "sounds.held-out-ratio is " + heldOutRatio + "; allowed: above 0 and below 1");
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
