package org.speechemotion.math;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/** Copies the values of arrays of 32-bit floats, of any backend, in bulk. ND4J copies and writes each value by itself. */
public final class FloatArrays {
    private static final int PIECE = 1 << 14;

    private FloatArrays() {}

    /** Returns the array itself if its values lie one after the other in rows, otherwise such a copy. */
    public static INDArray dense(INDArray array) {
        boolean vector = array.isVectorOrScalar() && array.elementWiseStride() == 1;
        boolean rows = array.ordering() == 'c' && Shape.hasDefaultStridesForShape(array);
        return vector || rows ? array : array.dup('c');
    }

    /** Returns the values, row by row. */
    public static float[] values(INDArray array) {
        float[] values = new float[Math.toIntExact(array.length())];
        copy(dense(array), 0, values);
        return values;
    }

    /** Writes the values, row by row, each as the four bytes of {@link DataOutput#writeFloat}. */
    public static void write(INDArray array, DataOutput out) throws IOException {
        INDArray rows = dense(array);
        byte[] bytes = new byte[PIECE * Float.BYTES];
        for (long from = 0; from < rows.length(); from += PIECE) {
            float[] piece = piece(rows, from);
            copy(rows, from, piece);
            ByteBuffer.wrap(bytes).asFloatBuffer().put(piece);
            out.write(bytes, 0, piece.length * Float.BYTES);
        }
    }

    /**
     * Reads all values of an array, which lie one after the other, as {@link #write} writes them.
     *
     * @throws java.io.EOFException if there are fewer
     */
    public static void read(DataInput in, INDArray array) throws IOException {
        byte[] bytes = new byte[PIECE * Float.BYTES];
        for (long from = 0; from < array.length(); from += PIECE) {
            float[] piece = piece(array, from);
            in.readFully(bytes, 0, piece.length * Float.BYTES);
            ByteBuffer.wrap(bytes).asFloatBuffer().get(piece);
            try {
                pointer(array, from).put(piece);
            } finally {
                Reference.reachabilityFence(array);
            }
        }
        Nd4j.getAffinityManager().tagLocation(array, AffinityManager.Location.HOST);
    }

    /** Returns the number of values that are NaN or infinite. */
    public static long nonFinite(INDArray array) {
        INDArray rows = dense(array);
        long count = 0;
        for (long from = 0; from < rows.length(); from += PIECE) {
            float[] piece = piece(rows, from);
            copy(rows, from, piece);
            for (float value : piece) {
                count += Float.isFinite(value) ? 0 : 1;
            }
        }
        return count;
    }

    private static float[] piece(INDArray array, long from) {
        return new float[(int) Math.min(PIECE, array.length() - from)];
    }

    private static void copy(INDArray rows, long from, float[] values) {
        Nd4j.getAffinityManager().ensureLocation(rows, AffinityManager.Location.HOST);
        try {
            pointer(rows, from).get(values);
        } finally {
            Reference.reachabilityFence(rows);
        }
    }

    private static FloatPointer pointer(INDArray rows, long from) {
        return new FloatPointer(rows.data().addressPointer()).position(from);
    }
}
