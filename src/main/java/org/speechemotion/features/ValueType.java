package org.speechemotion.features;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How a store holds values, little-endian. */
public enum ValueType {
    /** Half precision: half the bytes, three significant digits. */
    FP16(2),
    /** As the encoder gave them. */
    FP32(4);

    private final int bytes;

    ValueType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one value. */
    public int bytes() {
        return bytes;
    }

    /**
     * Encodes values.
     *
     * @throws IllegalArgumentException where one is not finite, or would not be in this type
     */
    public byte[] encode(float[] values) {
        ByteBuffer encoded =
                ByteBuffer.allocate(Math.multiplyExact(values.length, bytes)).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            if (this == FP16) {
                encoded.putShort(Half.of(value));
            } else if (Float.isFinite(value)) {
                encoded.putFloat(value);
            } else {
                throw new IllegalArgumentException("a value is " + value + ": allowed are finite numbers");
            }
        }
        return encoded.array();
    }

    /** Decodes all that remains in a buffer. */
    public float[] decode(ByteBuffer encoded) {
        ByteBuffer buffer = encoded.slice().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[buffer.remaining() / bytes];
        if (this == FP32) {
            buffer.asFloatBuffer().get(values);
            return values;
        }
        short[] halves = new short[values.length];
        buffer.asShortBuffer().get(halves);
        for (int i = 0; i < values.length; i++) {
            values[i] = Half.toFloat(halves[i]);
        }
        return values;
    }
}
