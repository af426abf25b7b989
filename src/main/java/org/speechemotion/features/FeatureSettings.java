package org.speechemotion.features;

import java.util.Optional;

/**
 * Where training has its frames from.
 *
 * @param mode made when they are needed, or stored
 * @param views augmented ones of each training clip that are stored beside the clean one, at least 0
 * @param path folder of the store, on any Hadoop file system; nothing for one that is named by its settings
 * @param values how they are stored
 */
public record FeatureSettings(Mode mode, int views, Optional<String> path, ValueType values) {

    /** Where frames come from. */
    public enum Mode {
        /** From audio, a new view of every clip in every epoch. */
        ON_THE_FLY,
        /** From a store of some views of every clip, which is built first. */
        VIEWS
    }

    public FeatureSettings {
        if (views < 0) {
            throw new IllegalArgumentException("views is " + views + ": allowed is 0 or more");
        }
    }

    /** No store. */
    public static FeatureSettings onTheFly() {
        return new FeatureSettings(Mode.ON_THE_FLY, 0, Optional.empty(), ValueType.FP16);
    }
}
