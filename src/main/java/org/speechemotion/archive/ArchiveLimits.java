package org.speechemotion.archive;

import java.io.Serializable;

/**
 * What an archive may hold.
 *
 * @param entries most of them; an archive with more is refused as a whole
 * @param megabytes most of all entries together, unpacked, in MiB; an archive with more is refused as a whole
 * @param ratio most bytes that one packed byte may become; an entry of more is refused by itself
 */
public record ArchiveLimits(int entries, long megabytes, int ratio) implements Serializable {
    public ArchiveLimits {
        require("score.archive.entries", entries, Integer.MAX_VALUE);
        require("score.archive.megabytes", megabytes, Long.MAX_VALUE >> 20);
        require("score.archive.ratio", ratio, Integer.MAX_VALUE);
    }

    /** 100,000 entries, 64 GiB, 100 to 1. */
    public static ArchiveLimits defaults() {
        return new ArchiveLimits(100_000, 65_536, 100);
    }

    private static void require(String key, long value, long most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(key + " is " + value + ": allowed is 1 to " + most);
        }
    }
}
