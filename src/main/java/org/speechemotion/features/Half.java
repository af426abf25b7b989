package org.speechemotion.features;

/** IEEE 754 binary16: a sign, 5 bits of exponent, 10 of fraction. From 2^-14 to 65504 it is right to 0.05 %. */
final class Half {
    /** From here on, the nearest half would be infinite. */
    private static final int OVERFLOW = Float.floatToRawIntBits(65_520f);

    private static final int SMALLEST_NORMAL = Float.floatToRawIntBits(0x1p-14f);
    private static final int ONE_HALF = Float.floatToRawIntBits(0.5f);
    /** Between the exponents' biases, where a float has it. */
    private static final int REBIAS = (127 - 15) << 23;

    private static final float[] VALUES = values();

    private Half() {}

    /** The value of 16 bits, exactly. */
    static float toFloat(short bits) {
        return VALUES[bits & 0xFFFF];
    }

    /**
     * The nearest half, of two equally near ones the even one.
     *
     * @throws IllegalArgumentException where that is infinite, or the value is not a number
     */
    static short of(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = bits & 0x7FFF_FFFF;
        if (magnitude >= OVERFLOW) {
            throw new IllegalArgumentException(value + " has no half-precision value: allowed is -65504 to 65504");
        }
        if (magnitude < SMALLEST_NORMAL) {
            // Halves are multiples of 2^-24 here, and so are floats above 0.5: the addition rounds.
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
