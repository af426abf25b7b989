package org.speechemotion.encoder;

import java.nio.file.Path;
import java.util.List;
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
        return factory(settings).open(settings);
    }

    /** Returns the {@link EncoderFactory#files} of the encoder that the settings name. */
    public static List<Path> files(EncoderSettings settings) {
        return factory(settings).files(settings);
    }

    /** Returns the {@link EncoderFactory#isWeightFree} of the encoder that the settings name. */
    public static boolean isWeightFree(EncoderSettings settings) {
        return factory(settings).isWeightFree();
    }

    private static EncoderFactory factory(EncoderSettings settings) {
        return Plugins.find(EncoderFactory.class, settings.name());
    }
}
