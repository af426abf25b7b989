package org.speechemotion.features;

import java.io.Serializable;
import org.speechemotion.random.KeyedRandom;

/**
 * Selects the stored view of a clip for an epoch. Each clip cycles through its views from a random first one, so that all
 * views occur equally often and every epoch has a similar share of clean clips.
 *
 * @param views the number of augmented views, at least 0
 * @param seed the seed of the first views
 */
public record ViewOrder(int views, long seed) implements Serializable {
    /**
     * Returns the view.
     *
     * @param clip the SHA-256 of the file of the clip
     * @param epoch the epoch, counted from 0
     */
    public int view(String clip, int epoch) {
        int start = new KeyedRandom(seed, "view", clip).nextInt(views + 1);
        return Math.floorMod(start + epoch, views + 1);
    }
}
