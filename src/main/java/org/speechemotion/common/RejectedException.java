package org.speechemotion.common;

/** Stops the reading of an input that gives no result. The reader's entry point turns it into a {@link Rejection}. */
public final class RejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Rejection rejection;

    /** Creates the exception without a stack trace, because bad input is an expected case. */
    public RejectedException(Rejection rejection) {
        super(rejection.message(), null, false, false);
        this.rejection = rejection;
    }

    /** Returns the reason. */
    public Rejection rejection() {
        return rejection;
    }
}
