package org.speechemotion.settings;

/** Reports invalid settings in one line that names the origin, the key, the value and the allowed values. */
public final class SettingsException extends RuntimeException {

    /** @param message one line for the user */
    public SettingsException(String message) {
        super(message);
    }

    /**
     * @param message one line for the user
     * @param cause the exception that found the error
     */
    public SettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
