package org.speechemotion.model;

/** Numbers that are NaN or infinite where a network needs finite ones; the message is for the user. */
public final class NonFiniteException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public NonFiniteException(String message) {
        super(message);
    }
}
