package org.speechemotion.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The values of a constant, in row-major order. They are not copied, so they must not be modified afterwards.
 *
 * @param count the number of the values
 * @param encoder encodes the values from one index to another
 */
public record TensorValues(ElementType type, int count, Encoder encoder) {

    /** Encodes values from one index to another. */
    public interface Encoder {
        void put(ByteBuffer buffer, int from, int to);
    }

    /** Returns 32-bit floating-point numbers. */
    public static TensorValues floats(float... values) {
        return new TensorValues(ElementType.FLOAT, values.length, (buffer, from, to) -> {
            for (int i = from; i < to; i++) {
                buffer.putFloat(values[i]);
            }
        });
    }

    /** Returns 16-bit floating-point numbers, by their bits. */
    public static TensorValues halves(short... bits) {
        return new TensorValues(ElementType.FLOAT16, bits.length, (buffer, from, to) -> {
            for (int i = from; i < to; i++) {
                buffer.putShort(bits[i]);
            }
        });
    }

    /** Returns 64-bit integers, which ONNX uses for shapes and indices. */
    public static TensorValues longs(long... values) {
        return new TensorValues(ElementType.INT64, values.length, (buffer, from, to) -> {
            for (int i = from; i < to; i++) {
                buffer.putLong(values[i]);
            }
        });
    }

    /** Returns signed 8-bit integers. */
    public static TensorValues bytes(byte... values) {
        return new TensorValues(
                ElementType.INT8, values.length, (buffer, from, to) -> buffer.put(values, from, to - from));
    }

    /** Returns the encoded size. */
    long size() {
        return (long) count * type.bytes();
    }

    /** Writes the values in little-endian order. */
    void writeTo(OutputStream out) throws IOException {
        int piece = 1 << 16;
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(size(), (long) piece * type.bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < count; from += piece) {
            buffer.clear();
            encoder.put(buffer, from, Math.min(from + piece, count));
            out.write(buffer.array(), 0, buffer.position());
        }
    }
}
