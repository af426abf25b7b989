package org.speechemotion.augment;

import org.speechemotion.plugin.Plugin;

/**
 * The registration of an augmentation: its name in {@code augmentation.chain}, which is also the name of its settings
 * section, and the record type to which that section is bound.
 */
public abstract class AugmentationKind implements Plugin {
    private final String name;
    private final Class<? extends Record> type;

    /**
     * @param name the name of the augmentation and of its settings section
     * @param type the record whose components are the settings
     */
    protected <A extends Record & Augmentation> AugmentationKind(String name, Class<A> type) {
        this.name = name;
        this.type = type;
    }

    @Override
    public final String name() {
        return name;
    }

    /** Returns the record type, which implements {@link Augmentation}. */
    public final Class<? extends Record> type() {
        return type;
    }
}
