package org.speechemotion.math;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Computes exp(x) for x ≤ 0 with a relative error of 2e-7 as 2ᵏ · p(r), where x = k · ln 2 + r and p is the polynomial of
 * {@code expf} in Cephes (Moshier). The JIT vectorises loops without branches, but no conversion between floats and their
 * bits, which therefore passes through a buffer.
 */
public final class Exponential {
    /** Adding this value leaves the nearest integer in the lowest bits. */
    private static final float ROUNDER = 12_582_912f;

    private static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);
    private static final float MIN_EXPONENT = -87f;

    private float[] powers = new float[0];
    private int[] bits = new int[0];
    private FloatBuffer asFloats = FloatBuffer.allocate(0);
    private IntBuffer asInts = IntBuffer.allocate(0);

    /** Replaces the first values of an array, which must be at most 0, by their exponentials. */
    public void apply(float[] values, int count) {
        grow(count);
        fractions(values, powers, count);
        asFloats.put(0, powers, 0, count);
        asInts.get(0, bits, 0, count);
        shift(bits, count);
        asInts.put(0, bits, 0, count);
        asFloats.get(0, powers, 0, count);
        scale(values, powers, count);
    }

    private void grow(int count) {
        if (powers.length < count) {
            powers = new float[count];
            bits = new int[count];
            ByteBuffer bytes = ByteBuffer.allocateDirect(count * Float.BYTES).order(ByteOrder.nativeOrder());
            asFloats = bytes.asFloatBuffer();
            asInts = bytes.asIntBuffer();
        }
    }

    private static void fractions(float[] x, float[] powers, int count) {
        for (int i = 0; i < count; i++) {
            float clipped = Math.max(x[i], MIN_EXPONENT);
            float rounded = Math.fma(clipped, 1.442695f, ROUNDER);
            powers[i] = rounded;
            float k = rounded - ROUNDER;
            float r = Math.fma(k, 2.12194440e-4f, Math.fma(k, -0.6933594f, clipped));
            float p = Math.fma(0.00019875691f, r, 0.0013981999f);
            p = Math.fma(p, r, 0.008333452f);
            p = Math.fma(p, r, 0.041665796f);
            p = Math.fma(p, r, 0.16666666f);
            p = Math.fma(p, r, 0.5f);
            x[i] = Math.fma(p * r, r, r + 1f);
        }
    }

    private static void shift(int[] bits, int count) {
        for (int i = 0; i < count; i++) {
            bits[i] = (bits[i] - ROUNDER_BITS + 127) << 23;
        }
    }

    private static void scale(float[] x, float[] powers, int count) {
        for (int i = 0; i < count; i++) {
            x[i] *= powers[i];
        }
    }
}
