package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.model.NetworkSettings.ContextSettings;

class NetworkSettingsTest {
    private static final ContextSettings CONTEXT = new ContextSettings(4, List.of(5, 3), List.of(2, 1));

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, 7, Double.NaN})
    void dropoutIsAShare(double dropout) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkSettings.of(CONTEXT, 5).withDropout(dropout))
                .withMessage("dropout is " + dropout + "; allowed: at least 0 and below 1");
    }

    @Test
    void layersHaveUnits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkSettings.of(CONTEXT, 0))
                .withMessage("hidden-width is 0; allowed: at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContextSettings(-4, List.of(), List.of()))
                .withMessage("context.width is -4; allowed: at least 1");
    }

    @Test
    void everyKernelHasAStride() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContextSettings(4, List.of(5, 3), List.of(2)))
                .withMessage("context.kernels [5, 3] and context.strides [2]; allowed: one stride for each"
                        + " kernel, and at most 100 kernels");
    }

    @Test
    void theProductOfTheStridesIsBounded() {
        List<Integer> strides = List.of(65_536, 65_536);
        assertThat(new ContextSettings(4, List.of(65_536), List.of(65_536)).totalStride())
                .isEqualTo(65_536);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContextSettings(4, strides, strides))
                .withMessage("the product of context.strides [65536, 65536]; allowed: at most 65536");
    }

    @Test
    void noFrameIsSkipped() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContextSettings(4, List.of(5, 1), List.of(2, 2)))
                .withMessage("context.kernels [5, 1], context.strides [2, 2]; allowed: kernel ≥ stride ≥ 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContextSettings(4, List.of(5), List.of(0)))
                .withMessage("context.kernels [5], context.strides [0]; allowed: kernel ≥ stride ≥ 1");
    }

    @Test
    void strides() {
        assertThat(new ContextSettings(4, List.of(5, 5, 5), List.of(2, 3, 1)).totalStride())
                .isEqualTo(6);
        assertThat(new ContextSettings(4, List.of(), List.of()).totalStride()).isEqualTo(1);
    }
}
