package org.speechemotion.settings;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;

/** Describes the origin of a value for error messages. */
final class Origin {

    /** The origin of values that are arguments of the command. */
    static final String ARGUMENT = "argument";

    private Origin() {}

    /** Returns {@code train.conf:12}, {@code argument}, or the description of another origin. */
    static String of(ConfigValue value) {
        ConfigOrigin origin = value.origin();
        String name = origin.filename() != null ? origin.filename() : origin.resource();
        if (name == null) {
            return origin.description();
        }
        return origin.lineNumber() > 0 ? name + ":" + origin.lineNumber() : name;
    }
}
