package org.speechemotion.random;

import java.util.Collections;
import java.util.List;

/**
 * The generator SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014) with a
 * state that is hashed from a seed and keys.
 *
 * <p>The keys identify the draw ({@code new KeyedRandom(seed, "split", speakerId)}), so it does not depend on the number of
 * draws before it. The same seed and keys give the same numbers on every machine. Without keys, this is the published
 * generator with the seed as its state.
 */
public final class KeyedRandom {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    /** Hashes the seed and the keys; ("ab", "c") and ("a", "bc") are different keys. */
    public KeyedRandom(long seed, String... keys) {
        long hash = seed;
        for (String key : keys) {
            hash = mix((hash + GOLDEN_GAMMA) ^ key.length());
            for (int i = 0; i < key.length(); i++) {
                hash = mix((hash + GOLDEN_GAMMA) ^ key.charAt(i));
            }
        }
        state = hash;
    }

    /** Returns 64 random bits. */
    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Returns a uniform multiple of 2<sup>-53</sup> in [0, 1). */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    /** Returns a uniform number in [low, high). */
    public double nextDouble(double low, double high) {
        return low + (high - low) * nextDouble();
    }

    /**
     * Returns a uniform integer from 0 to bound − 1, without modulo bias.
     *
     * @throws IllegalArgumentException if the bound is below 1
     */
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound is " + bound + "; allowed: at least 1");
        }
        long bits;
        long value;
        do {
            bits = nextLong() >>> 1;
            value = bits % bound;
        } while (bits - value + (bound - 1) < 0); // overflows for the last, incomplete run of `bound` values
        return (int) value;
    }

    /** Returns a normal number with mean 0 and standard deviation 1 (Box and Muller 1958, cosine branch). */
    public double nextGaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
        return radius * StrictMath.cos(2 * StrictMath.PI * nextDouble());
    }

    /** Shuffles a list uniformly (Fisher and Yates). */
    public void shuffle(List<?> list) {
        for (int i = list.size() - 1; i > 0; i--) {
            Collections.swap(list, i, nextInt(i + 1));
        }
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
