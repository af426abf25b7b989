package org.speechemotion.encoder.transformer;

/**
 * The relative position bias of WavLM (Chen et al., arXiv 2110.13900, equations 2 to 7): each head has one learnt bias for
 * every bucket of distances, gated by the query.
 *
 * @param buckets the number of buckets, half for keys before the query and half for keys after it; even, at least 4
 * @param maxDistance the distance in frames from which on all distances share the last bucket
 */
public record RelativePosition(int buckets, int maxDistance) {

    /**
     * Returns the bucket of a distance. Buckets are exact up to a quarter of their number and logarithmic beyond.
     *
     * @param distance the position of the key minus that of the query, in frames
     */
    public int bucket(int distance) {
        int half = buckets / 2;
        int exact = half / 2;
        int far = Math.abs(distance);
        int side = distance > 0 ? half : 0;
        if (far < exact) {
            return side + far;
        }
        // Single precision in the order of the reference, because a different rounding would select another bucket.
        float share = (float) Math.log((float) far / exact) / (float) Math.log((double) maxDistance / exact);
        return side + Math.min(half - 1, (int) (exact + share * (half - exact)));
    }
}
