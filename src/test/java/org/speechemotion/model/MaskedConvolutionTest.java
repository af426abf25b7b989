package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class MaskedConvolutionTest {

    @ParameterizedTest
    @CsvSource({"1, 2", "3, 0", "0, 0", "5, -1"})
    void everyFrameHasInfluence(int kernel, int stride) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MaskedConvolution(3, 4, kernel, stride))
                .withMessage("kernel is " + kernel + " and stride is " + stride + "; allowed: kernel ≥ stride ≥ 1");
    }

    @Test
    void checksTheShapeOfItsInput() {
        MaskedConvolution convolution = new MaskedConvolution(3, 4, 5, 2);
        assertThatCode(() -> convolution.validateInput(zeros(2, 8, 3))).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> convolution.validateInput(zeros(2, 7, 3)))
                .withMessage("the input of the convolution has shape [2, 7, 3]; allowed: [batch, a multiple of 2, 3]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> convolution.validateInput(zeros(2, 8, 4)))
                .withMessage("the input of the convolution has shape [2, 8, 4]; allowed: [batch, a multiple of 2, 3]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> convolution.validateInput(zeros(8, 3)))
                .withMessage("the input of the convolution has shape [8, 3]; allowed: [batch, a multiple of 2, 3]");
    }

    @Test
    void theNetworkChecksTheShapeOfItsInput() {
        INDArray[] frames = {zeros(1, 7, 3)};
        INDArray[] mask = {Nd4j.ones(DataType.FLOAT, 1, 7)};
        assertThatThrownBy(() -> TinyNetwork.graph(false, 1).output(false, frames, mask))
                .hasStackTraceContaining("allowed: [batch, a multiple of 2, 3]");
    }

    private static INDArray zeros(long... shape) {
        return Nd4j.zeros(DataType.FLOAT, shape);
    }
}
