package org.speechemotion.audio;

/** Why a file gave no audio. */
public enum RejectionReason {
    /** The bytes are of a known format, but damaged. */
    UNREADABLE("unreadable"),
    /** There are no bytes, or no samples in them. */
    EMPTY("empty"),
    /** Shorter than {@link AudioSettings#minimumSeconds}. */
    TOO_SHORT("too-short"),
    /** Longer than {@link AudioSettings#maximumSeconds} or larger than {@link AudioSettings#maximumBytes}. */
    TOO_LONG("too-long"),
    /** Another format, or a variant of a known one that is not decoded. */
    UNSUPPORTED("unsupported"),
    /** NaN or an infinity, among floating-point samples or in what a model makes of them. */
    NOT_FINITE("not-finite");

    private final String code;

    RejectionReason(String code) {
        this.code = code;
    }

    /** The name written to tables and reports, in kebab-case. */
    public String code() {
        return code;
    }
}
