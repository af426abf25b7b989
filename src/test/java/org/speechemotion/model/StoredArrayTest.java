package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class StoredArrayTest {
    /** Two whole pieces and a part. */
    private static final int LENGTH = 40_001;

    @Test
    void writesTheFormatOfNd4j() throws IOException {
        INDArray vector = Nd4j.rand(LENGTH);
        ByteArrayOutputStream theirs = new ByteArrayOutputStream();
        Nd4j.write(vector, new DataOutputStream(theirs));
        assertThat(written(vector)).isEqualTo(theirs.toByteArray());
    }

    @Test
    void writesAPartOfAnArray() throws IOException {
        INDArray matrix = Nd4j.rand(3, LENGTH);
        assertThat(written(matrix.getRow(1))).isEqualTo(written(matrix.getRow(1).dup()));
    }

    @Test
    void readsWhatWasWritten() throws IOException {
        INDArray vector = Nd4j.rand(LENGTH);
        assertThat(read(written(vector)).toFloatVector()).isEqualTo(vector.toFloatVector());
    }

    @Test
    void namesTheValueThatIsNotFinite() throws IOException {
        INDArray vector = Nd4j.rand(LENGTH).putScalar(40_000, Float.NaN);
        byte[] bytes = written(vector);
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(IOException.class)
                .hasMessage("values has the value NaN at index 40000; allowed: finite values");
    }

    private static byte[] written(INDArray array) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StoredArray.write(array, out);
        return out.toByteArray();
    }

    private static INDArray read(byte[] bytes) throws IOException {
        return StoredArray.read(new ByteArrayInputStream(bytes), "values", LENGTH);
    }
}
