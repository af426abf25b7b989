package org.speechemotion.encoder;

import org.speechemotion.plugin.Plugins;

/** Opens encoders by name. */
public final class Encoders {

    private Encoders() {}

    /**
     * Opens the encoder that the settings name. The caller must close it.
     *
     * @throws org.speechemotion.plugin.UnknownPluginException if no encoder has that name; the message lists the
     *     known ones
     * @throws IllegalArgumentException if its settings are inconsistent
     */
    public static Encoder open(EncoderSettings settings) {
        return Plugins.find(EncoderFactory.class, settings.name()).open(settings);
    }
}
