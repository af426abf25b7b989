package org.speechemotion.scoring;

import java.io.IOException;
import java.util.Locale;
import org.speechemotion.report.Rejections;

/** Stops a run when too large a share of its inputs is rejected. */
public final class RejectionLimit {
    /** The share is not judged before so many inputs are done, unless the run has fewer. */
    static final int MIN_INPUTS = 100;

    private final double maxShare;
    private final long inputs;
    private long done;
    private Rejections rejected = Rejections.NONE;

    /**
     * Creates the limit of a run.
     *
     * @param maxShare the share of rejections above which the run stops, 0 to 1
     * @param inputs the number of inputs of the run
     */
    public RejectionLimit(double maxShare, long inputs) {
        this.maxShare = maxShare;
        this.inputs = inputs;
    }

    /**
     * Counts a batch.
     *
     * @throws IOException if too many inputs are rejected
     */
    public void add(long rows, Rejections rejections) throws IOException {
        done += rows;
        rejected = rejected.and(rejections);
        if (done >= Math.min(MIN_INPUTS, inputs) && rejected.total() > maxShare * done) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "%d of the first %d files (%.1f %%) were rejected, and score.max-rejected-share is %s: the run"
                            + " stops. Committed rows stay. Rejected: %s",
                    rejected.total(),
                    done,
                    100.0 * rejected.total() / done,
                    maxShare,
                    rejected.text()));
        }
    }
}
