package org.speechemotion.encoder;

import java.util.List;
import java.util.ServiceLoader;

/** Opens encoders by name. */
public final class Encoders {

    private Encoders() {}

    /**
     * Opens the encoder that the settings name; the caller closes it.
     *
     * @throws IllegalArgumentException if no encoder has that name (the message lists those there are) or its settings
     *     do not fit together
     */
    public static Encoder open(EncoderSettings settings) {
        // The library's own class loader: a worker thread's context class loader may not see the application's jar.
        List<EncoderFactory> factories =
                ServiceLoader.load(EncoderFactory.class, EncoderFactory.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
        return factories.stream()
                .filter(factory -> factory.name().equals(settings.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown encoder \"" + settings.name()
                        + "\"; known encoders: "
                        + String.join(
                                ", ",
                                factories.stream()
                                        .map(EncoderFactory::name)
                                        .sorted()
                                        .toList())))
                .open(settings);
    }
}
