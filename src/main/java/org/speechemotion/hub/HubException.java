package org.speechemotion.hub;

import java.io.IOException;

/** Reports an invalid response of a hub, which a retry cannot fix. The message names the address and the reason. */
public final class HubException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param message names the address and the reason */
    public HubException(String message) {
        super(message);
    }
}
