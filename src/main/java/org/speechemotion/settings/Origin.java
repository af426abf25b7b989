package org.speechemotion.settings;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;

/** Says where a value was written. */
final class Origin {

    /** What stands for a file's name when the value came with the command. */
    static final String ARGUMENT = "argument";

    private Origin() {}

    /** {@code train.conf:12}, {@code argument}, or what else the origin says of itself. */
    static String of(ConfigValue value) {
        ConfigOrigin origin = value.origin();
        String name = origin.filename() != null ? origin.filename() : origin.resource();
        if (name == null) {
            return origin.description();
        }
        return origin.lineNumber() > 0 ? name + ":" + origin.lineNumber() : name;
    }
}
