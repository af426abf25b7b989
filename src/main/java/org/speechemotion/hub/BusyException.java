package org.speechemotion.hub;

import java.io.IOException;
import java.time.Duration;

/** A hub that cannot answer now. */
final class BusyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    BusyException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    /** How long it asks to be left alone. */
    Duration retryAfter() {
        return retryAfter;
    }
}
