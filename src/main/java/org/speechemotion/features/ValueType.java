package org.speechemotion.features;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.speechemotion.common.HalfFloat;

/** The type of stored values, which are little-endian. */
public enum ValueType {
    /** HalfFloat precision, which has three significant digits. */
    FP16(2),
    /** Single precision, which is that of the encoder. */
    FP32(4);

    private final int bytes;

    ValueType(int bytes) {
        this.bytes = bytes;
    }

    /** Returns the size of a value in bytes. */
    public int bytes() {
        return bytes;
    }

    /**
     * Encodes values.
     *
     * @throws IllegalArgumentException if a value is not finite, or exceeds the range of this type
     */
    public byte[] encode(float[] values) {
        ByteBuffer encoded =
                ByteBuffer.allocate(Math.multiplyExact(values.length, bytes)).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            if (this == FP16) {
                encoded.putShort(HalfFloat.of(value));
            } else if (Float.isFinite(value)) {
                encoded.putFloat(value);
            } else {
                throw new IllegalArgumentException("a value is " + value + "; allowed: finite numbers");
            }
        }
        return encoded.array();
    }

    /** Decodes the remaining bytes of a buffer. */
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
            values[i] = HalfFloat.toFloat(halves[i]);
        }
        return values;
    }
}
