package org.speechemotion.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The values of a constant, in row-major order. They are not copied, so they must not be modified afterwards. */
@SuppressWarnings("ArrayRecordComponent") // values are never compared
public sealed interface TensorValues {

    /** 32-bit floating-point numbers. */
    record Floats(float... values) implements TensorValues {
        @Override
        public ElementType type() {
            return ElementType.FLOAT;
        }

        @Override
        public int count() {
            return values.length;
        }

        @Override
        public void put(ByteBuffer buffer, int from, int to) {
            for (int i = from; i < to; i++) {
                buffer.putFloat(values[i]);
            }
        }
    }

    /** 16-bit floating-point numbers, by their bits. */
    record Halves(short... bits) implements TensorValues {
        @Override
        public ElementType type() {
            return ElementType.FLOAT16;
        }

        @Override
        public int count() {
            return bits.length;
        }

        @Override
        public void put(ByteBuffer buffer, int from, int to) {
            for (int i = from; i < to; i++) {
                buffer.putShort(bits[i]);
            }
        }
    }

    /** 64-bit integers, which ONNX uses for shapes and indices. */
    record Longs(long... values) implements TensorValues {
        @Override
        public ElementType type() {
            return ElementType.INT64;
        }

        @Override
        public int count() {
            return values.length;
        }

        @Override
        public void put(ByteBuffer buffer, int from, int to) {
            for (int i = from; i < to; i++) {
                buffer.putLong(values[i]);
            }
        }
    }

    /** Signed 8-bit integers. */
    record Bytes(byte... values) implements TensorValues {
        @Override
        public ElementType type() {
            return ElementType.INT8;
        }

        @Override
        public int count() {
            return values.length;
        }

        @Override
        public void put(ByteBuffer buffer, int from, int to) {
            buffer.put(values, from, to - from);
        }
    }

    ElementType type();

    int count();

    /** Encodes the values from one index to another. */
    void put(ByteBuffer buffer, int from, int to);

    /** Returns the encoded size. */
    default long bytes() {
        return (long) count() * type().bytes();
    }

    /** Writes the values in little-endian order. */
    default void writeTo(OutputStream out) throws IOException {
        int piece = 1 << 16;
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(bytes(), (long) piece * type().bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < count(); from += piece) {
            buffer.clear();
            put(buffer, from, Math.min(from + piece, count()));
            out.write(buffer.array(), 0, buffer.position());
        }
    }
}
