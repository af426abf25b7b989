package org.speechemotion.archive;

import java.io.Serializable;

/**
 * The limits of an archive.
 *
 * @param entries the maximum number of entries; an archive with more is rejected as a whole
 * @param megabytes the maximum unpacked size of all entries together in MiB; a larger archive is rejected as a whole
 * @param ratio the maximum ratio of the unpacked to the packed size of an entry; an entry with a higher one is rejected
 */
public record ArchiveLimits(int entries, long megabytes, int ratio) implements Serializable {
    public ArchiveLimits {
        require("score.archive.entries", entries, Integer.MAX_VALUE);
        require("score.archive.megabytes", megabytes, Long.MAX_VALUE >> 20);
        require("score.archive.ratio", ratio, Integer.MAX_VALUE);
    }

    /** Returns the defaults: 100,000 entries, 64 GiB and a ratio of 100. */
    public static ArchiveLimits defaults() {
        return new ArchiveLimits(100_000, 65_536, 100);
    }

    private static void require(String key, long value, long max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(key + " is " + value + "; allowed: 1 to " + max);
        }
    }
}
