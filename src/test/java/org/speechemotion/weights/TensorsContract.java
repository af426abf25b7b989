package org.speechemotion.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every reader of tensors, tested with the module of {@code weights/module.py}. */
abstract class TensorsContract {
    /** The tensors as PyTorch prints them. */
    private static final float[] BIAS = {-0.24613711f, -0.33911315f, -0.0634044f, -0.16248259f};

    @TempDir
    Path folder;

    private Tensors tensors;

    abstract Tensors open();

    @BeforeEach
    void openIt() {
        tensors = open();
    }

    @AfterEach
    void closeIt() {
        tensors.close();
    }

    @Test
    void listsAllTensorsWithTheirShapes() {
        assertThat(tensors.shapes())
                .isEqualTo(Map.of(
                        "0.weight", Shape.of(4, 3),
                        "0.bias", Shape.of(4),
                        "1.weight", Shape.of(4),
                        "1.bias", Shape.of(4),
                        "1.running_mean", Shape.of(4),
                        "1.running_var", Shape.of(4),
                        "1.num_batches_tracked", Shape.of()));
    }

    @Test
    void readsValues() {
        assertThat(tensors.read("0.bias")).isEqualTo(BIAS);
        assertThat(tensors.read("1.running_var")).containsExactly(1, 1, 1, 1);
    }

    @Test
    void readsForManyThreadsAtOnce() {
        float[] alone = tensors.read("0.weight");
        assertThat(IntStream.range(0, 200).parallel().mapToObj(i -> tensors.read("0.weight")))
                .allSatisfy(values -> assertThat(values).isEqualTo(alone));
    }

    @Test
    void rejectsMissingTensors() {
        assertThatThrownBy(() -> tensors.read("0.wait"))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("has no tensor 0.wait");
    }

    @Test
    void rejectsIntegersByTheirType() {
        assertThatThrownBy(() -> tensors.read("1.num_batches_tracked"))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("tensor 1.num_batches_tracked is stored as I64; allowed: F32, F16, BF16");
    }

    @Test
    void rejectsReadsAfterClosing() {
        tensors.close();
        assertThatThrownBy(() -> tensors.read("0.bias"))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("cannot be read");
    }
}
