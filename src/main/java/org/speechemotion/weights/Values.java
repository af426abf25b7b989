package org.speechemotion.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Converts the bytes of a tensor to floats, one buffer at a time. */
final class Values {
    /** The greatest array length that every JVM supports. */
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    private static final int PIECE_BYTES = 1 << 20;

    /** A sequence of bytes. */
    interface Source {
        /** Reads exactly {@code count} bytes or throws. */
        void read(byte[] bytes, int count) throws IOException;
    }

    private Values() {}

    /**
     * Rejects tensors that {@link #read} cannot return, before anything is allocated.
     *
     * @param tensor the names of file and tensor, for the message
     */
    static void requireReadable(String tensor, ElementType type, long count) {
        if (!type.isReadable()) {
            throw new WeightsException(tensor + " is stored as " + type + "; allowed: F32, F16, BF16");
        }
        if (count > MAX_LENGTH) {
            throw new WeightsException(tensor + " has " + count + " values; allowed: at most " + MAX_LENGTH);
        }
    }

    static float[] read(Source source, ElementType type, int count) throws IOException {
        float[] values = new float[count];
        byte[] piece = new byte[(int) Math.min(PIECE_BYTES, (long) count * type.bytes())];
        int done = 0;
        while (done < count) {
            int bytes = (int) Math.min(piece.length, (long) (count - done) * type.bytes());
            source.read(piece, bytes);
            type.decode(ByteBuffer.wrap(piece, 0, bytes).order(ByteOrder.LITTLE_ENDIAN), values, done);
            done += bytes / type.bytes();
        }
        return values;
    }

    /** Rejects NaN and infinity, which valid weights never contain and which would silently spoil every output. */
    static float[] requireFinite(String tensor, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new WeightsException(
                        tensor + " has the value " + values[i] + " at position " + i + "; allowed: finite numbers");
            }
        }
        return values;
    }
}
