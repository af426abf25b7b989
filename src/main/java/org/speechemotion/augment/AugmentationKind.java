package org.speechemotion.augment;

import org.speechemotion.plugin.Plugin;

/**
 * A kind of augmentation: its name in {@code augmentation.chain}, which is also the name of its section of the settings,
 * and the record that the section is bound to.
 */
public abstract class AugmentationKind implements Plugin {
    private final String name;
    private final Class<? extends Record> type;

    /** A kind whose settings are the components of a record. */
    protected <A extends Record & Augmentation> AugmentationKind(String name, Class<A> type) {
        this.name = name;
        this.type = type;
    }

    @Override
    public final String name() {
        return name;
    }

    /** The record, which is an {@link Augmentation}. */
    public final Class<? extends Record> type() {
        return type;
    }
}
