package org.speechemotion.settings;

/** Settings the user must change; the message is one line for them: where, which key, what was found, what is allowed. */
public final class SettingsException extends RuntimeException {

    /** A fault in what the user wrote. */
    public SettingsException(String message) {
        super(message);
    }

    /** A fault in what the user wrote, found by something else. */
    public SettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
