package org.speechemotion.common;

/** Converts IEEE 754 binary16, which has 5 bits of exponent and 10 of fraction. From 2^-14 to 65504 its error is 0.05 %. */
public final class HalfFloat {
    /** The smallest float whose nearest half is infinite. */
    private static final int OVERFLOW = Float.floatToRawIntBits(65_520f);

    private static final int SMALLEST_NORMAL = Float.floatToRawIntBits(0x1p-14f);
    private static final int ONE_HALF = Float.floatToRawIntBits(0.5f);
    /** The difference of the exponent biases, shifted to the exponent of a float. */
    private static final int REBIAS = (127 - 15) << 23;

    private static final float[] VALUES = values();

    private HalfFloat() {}

    /** Returns the exact value of 16 bits. */
    public static float toFloat(short bits) {
        return VALUES[bits & 0xFFFF];
    }

    /**
     * Rounds to the nearest half, and to the even one of two equally near halves.
     *
     * @throws IllegalArgumentException if that is infinite, or the value is NaN
     */
    public static short of(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = bits & 0x7FFF_FFFF;
        if (magnitude >= OVERFLOW) {
            throw new IllegalArgumentException(value + " has no half-precision value; allowed: -65504 to 65504");
        }
        if (magnitude < SMALLEST_NORMAL) {
            // Halves are multiples of 2^-24 here, as are floats above 0.5, so the addition rounds correctly.
            return (short) (sign | Float.floatToRawIntBits(Math.abs(value) + 0.5f) - ONE_HALF);
        }
        int rounded = magnitude + 0xFFF + (magnitude >>> 13 & 1);
        return (short) (sign | ((rounded - REBIAS) >>> 13));
    }

    private static float[] values() {
        float[] values = new float[1 << 16];
        for (int bits = 0; bits < values.length; bits++) {
            int exponent = bits >>> 10 & 31;
            int fraction = bits & 1023;
            float magnitude;
            if (exponent == 0) {
                magnitude = fraction * 0x1p-24f;
            } else if (exponent == 31) {
                magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            } else {
                magnitude = Math.scalb(1024 + fraction, exponent - 25);
            }
            values[bits] = bits < 0x8000 ? magnitude : -magnitude;
        }
        return values;
    }
}
