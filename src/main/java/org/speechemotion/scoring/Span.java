package org.speechemotion.scoring;

import java.util.List;

/** Samples from {@code start} to {@code end}, exclusive. */
record Span(long start, long end) {
    long length() {
        return end - start;
    }

    long overlap(Span other) {
        return Math.min(end, other.end) - Math.max(start, other.start);
    }

    /** Returns the index of the first of several spans, in order and without overlaps, that ends after a sample. */
    static int firstEndingAfter(long sample, List<Span> spans) {
        int low = 0;
        int high = spans.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (spans.get(middle).end > sample) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
