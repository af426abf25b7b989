package org.speechemotion.features;

import java.io.Serializable;

/**
 * The key of a row in a store.
 *
 * @param clip the SHA-256 of the file of the clip
 * @param view 0 for the clean clip, and the number from 1 of an augmented view
 */
public record FeatureKey(String clip, int view) implements Serializable {
    /** The view without augmentation. */
    public static final int CLEAN = 0;
}
