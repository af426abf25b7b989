package org.speechemotion.hub;

import java.time.Duration;
import java.util.OptionalLong;

/** Hears how a fetch goes, in the thread that fetches. */
public interface FetchListener {
    /** The file was there already, and its checksum is right. */
    void kept(String file, long bytes);

    /**
     * A transfer begins.
     *
     * @param there bytes of the file that are there from an earlier attempt
     * @param total the file's size in bytes, where the hub says it
     */
    void begun(String file, long there, OptionalLong total);

    /** So many of its bytes are there now. */
    void received(String file, long bytes, OptionalLong total);

    /** An attempt failed; another follows after the wait. */
    void retrying(String file, String reason, Duration wait);

    /** The file is whole, was checked and has its name. */
    void fetched(String file, long bytes);
}
