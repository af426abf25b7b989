package org.speechemotion.spark.training;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.math.FloatArrays;

/** A vector, or a matrix with one row, of 32-bit floats that is serialised in pieces. ND4J serialises each value by itself. */
public final class SentArray implements Externalizable {
    private static final long serialVersionUID = 1L;

    private INDArray array;

    /** Creates an empty wrapper, for the serialisation. */
    public SentArray() {}

    private SentArray(INDArray array) {
        this.array = array;
    }

    /** Wraps an array, whose values lie one after the other; returns null for null. */
    static SentArray of(INDArray array) {
        return array == null ? null : new SentArray(array);
    }

    /** Returns the array of a wrapper; null for null. */
    static INDArray array(SentArray sent) {
        return sent == null ? null : sent.array;
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        out.writeInt(array.rank());
        out.writeLong(array.length());
        FloatArrays.write(array, out);
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
        int rank = in.readInt();
        long length = in.readLong();
        array = rank == 1
                ? Nd4j.createUninitialized(DataType.FLOAT, length)
                : Nd4j.createUninitialized(DataType.FLOAT, 1, length);
        FloatArrays.read(in, array);
    }
}
