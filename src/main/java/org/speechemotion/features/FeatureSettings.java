package org.speechemotion.features;

import java.util.Optional;

/**
 * Selects the source of the frames of training.
 *
 * @param mode computes frames on demand or reads them from a store
 * @param views the number of stored augmented views of each training clip in addition to the clean one, at least 0
 * @param path the folder of the store on any Hadoop file system; empty for a folder that is named after its settings
 * @param values the type of the stored values
 */
public record FeatureSettings(Mode mode, int views, Optional<String> path, ValueType values) {

    /** The source of frames. */
    public enum Mode {
        /** Frames are computed from audio, with a new view of every clip in every epoch. */
        ON_THE_FLY,
        /** Frames are read from a store of a few views of every clip, which is built first. */
        VIEWS
    }

    public FeatureSettings {
        if (views < 0) {
            throw new IllegalArgumentException("views is " + views + "; allowed: at least 0");
        }
    }

    /** Returns settings without a store. */
    public static FeatureSettings onTheFly() {
        return new FeatureSettings(Mode.ON_THE_FLY, 0, Optional.empty(), ValueType.FP16);
    }
}
