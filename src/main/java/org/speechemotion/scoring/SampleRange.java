package org.speechemotion.scoring;

import java.util.List;

/** Samples from {@code start} to {@code end}, exclusive. */
record SampleRange(long start, long end) {
    long length() {
        return end - start;
    }

    long overlap(SampleRange other) {
        return Math.min(end, other.end) - Math.max(start, other.start);
    }

    /** Returns the index of the first of several ranges, in order and without overlaps, that ends after a sample. */
    static int firstEndingAfter(long sample, List<SampleRange> ranges) {
        int low = 0;
        int high = ranges.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges.get(middle).end > sample) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
