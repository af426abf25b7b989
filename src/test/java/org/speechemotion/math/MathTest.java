package org.speechemotion.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class MathTest {

    @Test
    void theExponentialIsExactToAFewUlps() {
        float[] x = new float[3001];
        for (int i = 0; i < x.length; i++) {
            x[i] = -i / 35f;
        }
        float[] powers = x.clone();
        new Exponential().apply(powers, powers.length);
        for (int i = 0; i < x.length; i++) {
            double exact = Math.exp(x[i]);
            assertThat((double) powers[i]).as("exp(%s)", x[i]).isCloseTo(exact, within(3e-7 * exact));
        }
        float[] extremes = {-1000, Float.NEGATIVE_INFINITY, 0};
        new Exponential().apply(extremes, extremes.length);
        assertThat(extremes[0]).isBetween(0f, 1e-37f);
        assertThat(extremes[1]).isBetween(0f, 1e-37f);
        assertThat(extremes[2]).isEqualTo(1);
    }

    @Test
    void softmaxNormalisesEachRow() {
        float[] values = {1000, 1000, 3, -7, -7, -7};
        Softmax.apply(values, 2, 3, new Exponential());
        assertThat(values).containsExactly(new float[] {0.5f, 0.5f, 0, 1 / 3f, 1 / 3f, 1 / 3f}, within(1e-7f));
    }

    @Test
    void arraysAreCopiedRowByRowWhateverTheirOrder() {
        INDArray rows = Nd4j.linspace(1, 6, 6, DataType.FLOAT).reshape('c', 2, 3);
        float[] expected = {1, 2, 3, 4, 5, 6};
        assertThat(FloatArrays.values(rows)).containsExactly(expected);
        assertThat(FloatArrays.values(rows.dup('f'))).containsExactly(expected);
        assertThat(FloatArrays.values(rows.get(NDArrayIndex.all(), NDArrayIndex.interval(1, 3))))
                .containsExactly(2, 3, 5, 6);
        assertThat(FloatArrays.values(rows.getRow(1))).containsExactly(4, 5, 6);
    }

    /** As DataOutput.writeFloat, in several pieces. */
    @Test
    void arraysAreWrittenAndReadAsFloats() throws IOException {
        INDArray array = Nd4j.rand(DataType.FLOAT, 3, 20_000).dup('f');
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FloatArrays.write(array, new DataOutputStream(bytes));
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        for (int i = 0; i < array.length(); i += 7_001) {
            in.reset();
            in.skipNBytes(4L * i);
            assertThat(in.readFloat()).isEqualTo(array.getFloat(i / 20_000, i % 20_000));
        }
        in.reset();
        INDArray read = Nd4j.createUninitialized(DataType.FLOAT, 3, 20_000);
        FloatArrays.read(in, read);
        assertThat(read).isEqualTo(array);
        in.reset();
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> FloatArrays.read(in, Nd4j.createUninitialized(DataType.FLOAT, 3, 20_001)));
    }

    @Test
    void valuesThatAreNotFiniteAreCounted() {
        INDArray array = Nd4j.zeros(DataType.FLOAT, 40_000);
        assertThat(FloatArrays.nonFinite(array)).isZero();
        array.putScalar(0, Float.NaN)
                .putScalar(20_000, Float.POSITIVE_INFINITY)
                .putScalar(39_999, Float.NEGATIVE_INFINITY);
        assertThat(FloatArrays.nonFinite(array)).isEqualTo(3);
    }

    @Test
    void aMatrixOutsideItsMemoryIsRefused() {
        try (Memory memory = new Memory(12)) {
            assertThat(Matrix.of(memory, 3, 4).stride()).isEqualTo(4);
            assertThatIllegalArgumentException().isThrownBy(() -> Matrix.of(memory, 4, 4));
            assertThatIllegalArgumentException().isThrownBy(() -> new Matrix(memory, 0, 2, 3, 2));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Memory(Integer.MAX_VALUE))
                .withMessageContaining("divide it into shorter clips");
    }
}
