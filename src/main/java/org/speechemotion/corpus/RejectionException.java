package org.speechemotion.corpus;

/** Why a file or row cannot be labelled; becomes the reason of an {@link Entry.Rejected}. */
final class RejectionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * A rejection.
     *
     * @param code the kind of reason, in kebab-case: what rejections are counted by
     * @param message what was found and what is allowed
     */
    RejectionException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** The reason of the entry. */
    String reason() {
        return code + ": " + getMessage();
    }

    /** The reason of the entry, with the place in a file where the fault is. */
    String reason(String place) {
        return code + ": " + place + ": " + getMessage();
    }
}
