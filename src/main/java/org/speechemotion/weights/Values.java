package org.speechemotion.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Turns the bytes of a tensor into floats, piece by piece. */
final class Values {
    /** The longest array of every JVM. */
    private static final int MOST = Integer.MAX_VALUE - 8;

    private static final int PIECE_BYTES = 1 << 20;

    /** Bytes in their order. */
    interface Source {
        /** Reads the next bytes, exactly that many, or throws. */
        void read(byte[] bytes, int count) throws IOException;
    }

    private Values() {}

    /**
     * Refuses what {@link #read} cannot give, before anything is allocated.
     *
     * @param tensor the file's and the tensor's name, for the message
     */
    static void requireReadable(String tensor, ElementType type, long count) {
        if (!type.isReadable()) {
            throw new WeightsException(tensor + " is stored as " + type + "; read are F32, F16 and BF16");
        }
        if (count > MOST) {
            throw new WeightsException(tensor + " has " + count + " values; an array holds at most " + MOST);
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

    /** Refuses NaN and infinity, which no sound checkpoint holds and which would silently spoil every output. */
    static float[] requireFinite(String tensor, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new WeightsException(
                        tensor + " holds " + values[i] + " at position " + i + "; allowed are finite numbers");
            }
        }
        return values;
    }
}
