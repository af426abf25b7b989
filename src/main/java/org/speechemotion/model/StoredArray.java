package org.speechemotion.model;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.math.FloatArrays;

/**
 * Reads and writes arrays of 32-bit floats in the format of {@code Nd4j.write}: the shape information as an array of longs, then the
 * values, both preceded by the name of the allocation mode, the length and the name of the type, big-endian.
 * {@code Nd4j.read} would allocate an array of any size and type that the header names, and both of them move one value at
 * a time.
 */
final class StoredArray {
    private static final Set<String> ALLOCATION_MODES = Set.of("MIXED_DATA_TYPES", "LONG_SHAPE");
    /** The lengths for a vector and for a matrix with one row: rank, shape, strides, flags, element stride, order. */
    private static final Set<Long> SHAPE_LENGTHS = Set.of(6L, 8L);

    private StoredArray() {}

    /**
     * Writes an array.
     *
     * @param array a vector or a matrix with one row
     * @param stream the stream, which is not closed
     */
    static void write(INDArray array, OutputStream stream) throws IOException {
        DataOutputStream out = new DataOutputStream(stream);
        array.shapeInfoDataBuffer().write(out);
        out.writeUTF(array.data().allocationMode().name());
        out.writeLong(array.length());
        out.writeUTF(DataType.FLOAT.name());
        FloatArrays.write(array, out);
        out.flush();
    }

    /**
     * Reads a vector up to the end of the stream.
     *
     * @param name the name of the array for messages
     * @param length the required length of the array
     * @return {@code [length]}
     * @throws IOException if the array has another length or type, a value is not finite, or the stream is too short or
     *     too long
     */
    static INDArray read(InputStream stream, String name, long length) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        try {
            requireShape(in, name, length);
            requireLength(in, name, length);
            INDArray array = values(in, name, length);
            if (in.read() >= 0) {
                throw new IOException(name + " has more data than its " + length + " values");
            }
            return array;
        } catch (EOFException e) {
            throw new IOException(name + " ends before its " + length + " values are complete", e);
        }
    }

    private static void requireShape(DataInputStream in, String name, long length) throws IOException {
        long longs = requireType(in, name, "LONG");
        if (!SHAPE_LENGTHS.contains(longs)) {
            throw new IOException(
                    name + " is not a vector: its shape information has " + longs + " numbers; allowed: 6 or 8");
        }
        int rank = (int) (longs - 4) / 2;
        if (in.readLong() != rank) {
            throw new IOException(name + " is not a vector: its rank and the length of its shape information differ");
        }
        long leading = rank == 1 ? 1 : in.readLong();
        long last = in.readLong();
        if (leading != 1 || last != length) {
            throw new IOException(name + " has the shape [" + (rank == 1 ? "" : leading + ", ") + last
                    + "]; the configuration needs " + length + " values");
        }
        in.skipNBytes((longs - 1 - rank) * Long.BYTES);
    }

    private static void requireLength(DataInputStream in, String name, long length) throws IOException {
        long found = requireType(in, name, "FLOAT");
        if (found != length) {
            throw new IOException(name + " has " + found + " values; the configuration needs " + length);
        }
    }

    /** @return the length that the header gives */
    private static long requireType(DataInputStream in, String name, String type) throws IOException {
        String mode = in.readUTF();
        long length = in.readLong();
        String found = in.readUTF();
        if (!ALLOCATION_MODES.contains(mode) || !found.equals(type)) {
            throw new IOException(name + " is not an array of 32-bit floats as DL4J writes it");
        }
        return length;
    }

    private static INDArray values(DataInputStream in, String name, long length) throws IOException {
        INDArray array = Nd4j.createUninitialized(DataType.FLOAT, length);
        FloatArrays.read(in, array);
        if (FloatArrays.nonFinite(array) == 0) {
            return array;
        }
        for (long i = 0; ; i++) {
            if (!Float.isFinite(array.getFloat(i))) {
                throw new IOException(
                        name + " has the value " + array.getFloat(i) + " at index " + i + "; allowed: finite values");
            }
        }
    }
}
