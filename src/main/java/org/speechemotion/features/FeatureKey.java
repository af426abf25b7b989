package org.speechemotion.features;

import java.io.Serializable;

/**
 * What a store has one row for.
 *
 * @param clip the SHA-256 of the clip's file
 * @param view 0 for the clip as it is, from 1 for its augmented views
 */
public record FeatureKey(String clip, int view) implements Serializable {
    /** The view of the clip as it is. */
    public static final int CLEAN = 0;
}
