package org.speechemotion.encoder.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;
import org.speechemotion.encoder.transformer.Activation;
import org.speechemotion.math.Exponential;
import org.speechemotion.math.Matrix;
import org.speechemotion.math.Memory;
import org.speechemotion.math.Softmax;

class KernelsTest {

    @Test
    void geluIsExact() {
        float[] x = new float[4001];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i - 2000) / 200f;
        }
        float[] gelu = x.clone();
        Pointwise.activate(Activation.GELU, gelu, gelu.length);
        for (int i = 0; i < x.length; i++) {
            assertThat((double) gelu[i])
                    .as("gelu(%s)", x[i])
                    .isCloseTo(x[i] * 0.5 * (1 + Erf.erf(x[i] / Math.sqrt(2))), within(1e-6));
        }
    }

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
    void everyTaskRunsOnceAndFailuresComeBack() {
        try (WorkerPool team = new WorkerPool(3)) {
            for (int count : new int[] {0, 1, 2, 1000}) {
                AtomicIntegerArray runs = new AtomicIntegerArray(1000);
                team.run(count, (index, worker) -> {
                    assertThat(worker).isBetween(0, 2);
                    runs.incrementAndGet(index);
                });
                for (int i = 0; i < runs.length(); i++) {
                    assertThat(runs.get(i)).isEqualTo(i < count ? 1 : 0);
                }
            }
            assertThatIllegalStateException()
                    .isThrownBy(() -> team.run(100, (index, worker) -> {
                        if (index == 70) {
                            throw new IllegalStateException("task " + index);
                        }
                    }))
                    .withMessage("task 70");
        }
    }

    @Test
    void aMatrixOutsideItsMemoryIsRefused() {
        try (Memory memory = new Memory(12)) {
            Matrix matrix = Matrix.of(memory, 3, 4);
            assertThat(matrix.rows(1, 2).columns(1, 2).start()).isEqualTo(5);
            assertThatIllegalArgumentException().isThrownBy(() -> matrix.rows(2, 2));
            assertThatIllegalArgumentException().isThrownBy(() -> matrix.columns(2, 4));
            assertThatIllegalArgumentException().isThrownBy(() -> new Matrix(memory, 0, 2, 3, 2));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Memory(Integer.MAX_VALUE))
                .withMessageContaining("divide it into shorter clips");
    }
}
