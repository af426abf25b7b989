package org.speechemotion.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

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
        assertThat(Memory.copyOf(rows)).containsExactly(expected);
        assertThat(Memory.copyOf(rows.dup('f'))).containsExactly(expected);
        assertThat(Memory.copyOf(rows.get(NDArrayIndex.all(), NDArrayIndex.interval(1, 3))))
                .containsExactly(2, 3, 5, 6);
        assertThat(Memory.copyOf(rows.getRow(1))).containsExactly(4, 5, 6);
    }

    @Test
    void aPartOfAnArrayIsCopied() {
        INDArray array = Nd4j.linspace(1, 6, 6, DataType.FLOAT);
        float[] piece = new float[2];
        Memory.copy(array, 3, piece);
        assertThat(piece).containsExactly(4, 5);
        Memory.copy(new float[] {8, 9}, array, 1);
        assertThat(array.toFloatVector()).containsExactly(1, 8, 9, 4, 5, 6);
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
