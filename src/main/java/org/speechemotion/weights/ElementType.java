package org.speechemotion.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.speechemotion.common.HalfFloat;

/** The little-endian types of stored values, with the names of the safetensors format. */
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

    /** Returns the size of one value in bytes. */
    int bytes() {
        return bytes;
    }

    /** Returns whether {@link #decode} supports this type; every such value is exactly a 32-bit float. */
    boolean isReadable() {
        return this == F32 || this == F16 || this == BF16;
    }

    /** Decodes all values of a buffer. */
    void decode(ByteBuffer from, float[] to, int start) {
        int count = from.remaining() / bytes;
        switch (this) {
            case F32 -> from.asFloatBuffer().get(to, start, count);
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    to[start + i] = HalfFloat.toFloat(from.getShort(2 * i));
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
}
