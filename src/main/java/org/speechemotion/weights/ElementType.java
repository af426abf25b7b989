package org.speechemotion.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** How a file stores one value, little-endian, under the names of the safetensors format. */
enum ElementType {
    BOOL(1),
    U8(1),
    I8(1),
    F8_E4M3(1),
    F8_E5M2(1),
    F8_E8M0(1),
    U16(2),
    I16(2),
    F16(2),
    BF16(2),
    U32(4),
    I32(4),
    F32(4),
    U64(8),
    I64(8),
    F64(8),
    C64(8),
    C128(16);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    static Optional<ElementType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** Bytes of one value. */
    int bytes() {
        return bytes;
    }

    /** Whether {@link #decode} knows it: every value of these is a 32-bit float, exactly. */
    boolean isReadable() {
        return this == F32 || this == F16 || this == BF16;
    }

    /** Decodes as many values as the buffer holds. */
    void decode(ByteBuffer from, float[] to, int start) {
        int count = from.remaining() / bytes;
        switch (this) {
            case F32 -> from.asFloatBuffer().get(to, start, count);
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    to[start + i] = half(from.getShort(2 * i));
                }
            }
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    to[start + i] = Float.intBitsToFloat(from.getShort(2 * i) << 16);
                }
            }
            default -> throw new IllegalStateException(this + " is not readable");
        }
    }

    /** IEEE 754 binary16: a sign, 5 bits of exponent, 10 of fraction. */
    private static float half(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >>> 10 & 31;
        int fraction = bits & 1023;
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        return Float.intBitsToFloat(sign | (exponent == 31 ? 255 : exponent + 112) << 23 | fraction << 13);
    }
}
