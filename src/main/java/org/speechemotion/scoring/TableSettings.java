package org.speechemotion.scoring;

import java.util.List;
import java.util.Locale;
import org.speechemotion.archive.ArchiveLimits;

/**
 * The settings of a table of scores.
 *
 * @param partitionBy the folders that its files are in
 * @param commitFiles the maximum number of inputs that are committed together, for each core
 * @param commitMegabytes their maximum size together, in MiB, for each core
 * @param maxRejectedShare the share of rejected inputs above which a run stops, 0 to 1
 * @param export the names of the formats in which timelines are written beside the table
 * @param rescore the inputs of the table that are scored again
 * @param archive the limits of an archive
 */
public record TableSettings(
        Partitioning partitionBy,
        int commitFiles,
        int commitMegabytes,
        double maxRejectedShare,
        List<String> export,
        Rescoring rescore,
        ArchiveLimits archive) {
    /** The folders of a table. */
    public enum Partitioning {
        /** All files are in the table's own folder. */
        NONE,
        /** {@code date=2026-11-26}, the day on which the run began, in UTC. */
        DATE,
        /** {@code model=<model_id>}. */
        MODEL;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The inputs of a table that are scored again. */
    public enum Rescoring {
        /** None: an input that has a row is skipped. */
        NONE,
        /** Scores rejected inputs again, because a newer decoder may read their format. */
        REJECTED
    }

    public TableSettings {
        if (commitFiles < 1) {
            throw new IllegalArgumentException("score.commit-files is " + commitFiles + "; allowed: 1 or more");
        }
        if (commitMegabytes < 1) {
            throw new IllegalArgumentException("score.commit-megabytes is " + commitMegabytes + "; allowed: 1 or more");
        }
        if (!(maxRejectedShare >= 0 && maxRejectedShare <= 1)) {
            throw new IllegalArgumentException("score.max-rejected-share is " + maxRejectedShare + "; allowed: 0 to 1");
        }
    }

    /** Returns no folders, 512 inputs or 256 MiB for each core, and no limit on rejections. */
    public static TableSettings defaults() {
        return new TableSettings(Partitioning.NONE, 512, 256, 1, List.of(), Rescoring.NONE, ArchiveLimits.defaults());
    }

    public TableSettings withPartitionBy(Partitioning other) {
        return new TableSettings(other, commitFiles, commitMegabytes, maxRejectedShare, export, rescore, archive);
    }

    public TableSettings withCommitFiles(int files) {
        return new TableSettings(partitionBy, files, commitMegabytes, maxRejectedShare, export, rescore, archive);
    }

    public TableSettings withCommitMegabytes(int megabytes) {
        return new TableSettings(partitionBy, commitFiles, megabytes, maxRejectedShare, export, rescore, archive);
    }

    public TableSettings withMaxRejectedShare(double share) {
        return new TableSettings(partitionBy, commitFiles, commitMegabytes, share, export, rescore, archive);
    }

    public TableSettings withArchive(ArchiveLimits limits) {
        return new TableSettings(partitionBy, commitFiles, commitMegabytes, maxRejectedShare, export, rescore, limits);
    }

    public TableSettings withExport(List<String> formats) {
        return new TableSettings(
                partitionBy, commitFiles, commitMegabytes, maxRejectedShare, formats, rescore, archive);
    }

    public TableSettings withRescore(Rescoring inputs) {
        return new TableSettings(partitionBy, commitFiles, commitMegabytes, maxRejectedShare, export, inputs, archive);
    }
}
