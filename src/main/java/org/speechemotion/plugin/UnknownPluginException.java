package org.speechemotion.plugin;

/** Thrown if no plugin has a name; the message lists the known names, the nearest first. */
public final class UnknownPluginException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnknownPluginException(String message) {
        super(message);
    }
}
