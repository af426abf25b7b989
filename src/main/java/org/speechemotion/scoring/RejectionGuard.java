package org.speechemotion.scoring;

import java.io.IOException;
import java.util.Locale;
import org.speechemotion.report.Rejections;

/** Stops a run whose input is rotten. */
public final class RejectionGuard {
    /** Fewer inputs say nothing, unless there are no more. */
    static final int LEAST = 100;

    private final double mostShare;
    private final long inputs;
    private long done;
    private Rejections rejected = Rejections.NONE;

    /**
     * Of a run.
     *
     * @param mostShare of rejections among what is done, 0 to 1
     * @param inputs that the run has
     */
    public RejectionGuard(double mostShare, long inputs) {
        this.mostShare = mostShare;
        this.inputs = inputs;
    }

    /**
     * Counts a batch.
     *
     * @throws IOException where too many are rejected
     */
    public void add(long rows, Rejections rejections) throws IOException {
        done += rows;
        rejected = rejected.and(rejections);
        if (done >= Math.min(LEAST, inputs) && rejected.total() > mostShare * done) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "%d of the first %d files (%.1f %%) were rejected, and score.max-rejected-share is %s: the run"
                            + " stops. What is committed stays. Rejected: %s",
                    rejected.total(),
                    done,
                    100.0 * rejected.total() / done,
                    mostShare,
                    rejected.text()));
        }
    }
}
