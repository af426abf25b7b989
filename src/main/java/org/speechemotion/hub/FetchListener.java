package org.speechemotion.hub;

import java.time.Duration;
import java.util.OptionalLong;

/** Receives the progress of a fetch in its thread. */
public interface FetchListener {
    /** Reports an existing file with the right checksum. */
    void kept(String file, long bytes);

    /**
     * Reports the start of a transfer.
     *
     * @param present the number of bytes from an earlier attempt
     * @param total the size of the file in bytes, if it is known
     */
    void begun(String file, long present, OptionalLong total);

    /** Reports the number of bytes that have been received so far. */
    void received(String file, long bytes, OptionalLong total);

    /** Reports a failed attempt and the wait before the next one. */
    void retrying(String file, String reason, Duration wait);

    /** Reports a complete, verified file. */
    void fetched(String file, long bytes);
}
