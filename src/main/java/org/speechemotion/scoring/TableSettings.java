package org.speechemotion.scoring;

import java.util.Locale;
import org.speechemotion.archive.ArchiveLimits;

/**
 * How a table of scores is filled.
 *
 * @param partitionBy the folders that its files are in
 * @param commitFiles most files that are committed together, for each core
 * @param commitMegabytes most of them, in MiB, for each core
 * @param maxRejectedShare of the inputs that a run comes to, above which it stops, 0 to 1
 * @param archive what an archive may hold
 */
public record TableSettings(
        Partitioning partitionBy,
        int commitFiles,
        int commitMegabytes,
        double maxRejectedShare,
        ArchiveLimits archive) {
    /** The folders of a table. */
    public enum Partitioning {
        /** None: all files are in the table's own. */
        NONE,
        /** {@code date=2026-11-26}: of the day, UTC, on which the run began. */
        DATE,
        /** {@code model=<model_id>}. */
        MODEL;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public TableSettings {
        if (commitFiles < 1) {
            throw new IllegalArgumentException("score.commit-files is " + commitFiles + ": allowed is 1 or more");
        }
        if (commitMegabytes < 1) {
            throw new IllegalArgumentException(
                    "score.commit-megabytes is " + commitMegabytes + ": allowed is 1 or more");
        }
        if (!(maxRejectedShare >= 0 && maxRejectedShare <= 1)) {
            throw new IllegalArgumentException(
                    "score.max-rejected-share is " + maxRejectedShare + ": allowed is 0 to 1");
        }
    }

    /** No folders, 512 files or 256 MiB a core, no share too large. */
    public static TableSettings defaults() {
        return new TableSettings(Partitioning.NONE, 512, 256, 1, ArchiveLimits.defaults());
    }
}
