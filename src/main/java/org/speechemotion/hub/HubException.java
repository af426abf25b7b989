package org.speechemotion.hub;

import java.io.IOException;

/** A hub that answers, but not as it must; asking again does not help. The message says which address and why. */
public final class HubException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Says which address, and why. */
    public HubException(String message) {
        super(message);
    }
}
