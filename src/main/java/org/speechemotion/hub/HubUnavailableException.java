package org.speechemotion.hub;

import java.io.IOException;
import java.time.Duration;

/** Thrown if the hub is temporarily unavailable. */
final class HubUnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    HubUnavailableException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    /** Returns the delay that the hub has requested. */
    Duration retryAfter() {
        return retryAfter;
    }
}
