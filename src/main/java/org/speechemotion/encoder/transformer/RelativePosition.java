package org.speechemotion.encoder.transformer;

/**
 * WavLM's relative position bias (Chen et al., arXiv 2110.13900, equations 2 to 7): one learnt bias a head for every
 * bucket of distances, gated by what the query holds.
 *
 * @param buckets half of them for keys behind the query, half for keys ahead; even, at least 4
 * @param maximumDistance in frames; all that is farther shares the last bucket
 */
public record RelativePosition(int buckets, int maximumDistance) {

    /**
     * The bucket of a distance: exact up to a quarter of the buckets, logarithmic beyond.
     *
     * @param distance key minus query, in frames
     */
    public int bucket(int distance) {
        int half = buckets / 2;
        int exact = half / 2;
        int far = Math.abs(distance);
        int side = distance > 0 ? half : 0;
        if (far < exact) {
            return side + far;
        }
        // In single precision, step by step, as the reference does: a rounding apart is another bucket.
        float share = (float) Math.log((float) far / exact) / (float) Math.log((double) maximumDistance / exact);
        return side + Math.min(half - 1, (int) (exact + share * (half - exact)));
    }
}
