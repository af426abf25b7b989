package org.speechemotion.plugin;

/** No plugin of the wanted type has the wanted name; the message lists the known names, nearest first. */
public final class UnknownPluginException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnknownPluginException(String message) {
        super(message);
    }
}
