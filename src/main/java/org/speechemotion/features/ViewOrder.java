package org.speechemotion.features;

import java.io.Serializable;
import org.speechemotion.random.KeyedRandom;

/**
 * Which stored view of a clip an epoch sees: one after another, from a start of the clip's own. So all are seen equally
 * often, and in every epoch about as many clips are clean.
 *
 * @param views augmented ones, at least 0
 * @param seed of the starts
 */
public record ViewOrder(int views, long seed) implements Serializable {
    /**
     * The view.
     *
     * @param clip the SHA-256 of its file
     * @param epoch counted from 0
     */
    public int view(String clip, int epoch) {
        int start = new KeyedRandom(seed, "view", clip).nextInt(views + 1);
        return Math.floorMod(start + epoch, views + 1);
    }
}
