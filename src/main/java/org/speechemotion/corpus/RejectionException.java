package org.speechemotion.corpus;

/** Why a file or row cannot be labelled; becomes the reason of an {@link Entry.Rejected}. */
final class RejectionException extends Exception {
    private static final long serialVersionUID = 1L;

    RejectionException(String reason) {
        super(reason);
    }
}
