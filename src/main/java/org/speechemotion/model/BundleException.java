package org.speechemotion.model;

/** Thrown if a model bundle is unreadable or invalid. The message is for the user. */
public final class BundleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BundleException(String message) {
        super(message);
    }

    public BundleException(String message, Throwable cause) {
        super(message, cause);
    }
}
