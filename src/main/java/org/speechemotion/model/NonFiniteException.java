package org.speechemotion.model;

/** Thrown if values of a network are NaN or infinite. The message is for the user. */
public final class NonFiniteException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public NonFiniteException(String message) {
        super(message);
    }
}
