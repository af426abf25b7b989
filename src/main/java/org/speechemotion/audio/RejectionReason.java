package org.speechemotion.audio;

import org.speechemotion.common.RejectedException;
import org.speechemotion.common.Rejection;

/** The kinds of reasons for which audio is rejected. */
public enum RejectionReason {
    /** The format is known, but the bytes are damaged. */
    UNREADABLE("unreadable"),
    /** There are no bytes, or no samples in them. */
    EMPTY("empty"),
    /** The audio is shorter than {@link AudioSettings#minimumSeconds}. */
    TOO_SHORT("too-short"),
    /** The audio is longer than {@link AudioSettings#maximumSeconds} or larger than {@link AudioSettings#maximumBytes}. */
    TOO_LONG("too-long"),
    /** The format is unknown, or a variant that is not decoded. */
    UNSUPPORTED("unsupported"),
    /** A sample is NaN or infinite, or a number that a model computes from the samples is. */
    NOT_FINITE("not-finite");

    private final String code;

    RejectionReason(String code) {
        this.code = code;
    }

    /** Returns the name written to tables and reports, in kebab-case. */
    public String code() {
        return code;
    }

    /** Returns a rejection for this reason. */
    public Rejection rejection(String message) {
        return new Rejection(code, message);
    }

    /** Returns an exception that ends the reading of a file for this reason. */
    RejectedException exception(String message) {
        return new RejectedException(rejection(message));
    }
}
