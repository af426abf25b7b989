package org.speechemotion.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.lang3.SerializationUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SentArrayTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 16_383, 16_384, 16_385, 50_000})
    void arraysOfAnyLengthArriveAsTheyWere(int length) {
        INDArray vector = Nd4j.rand(DataType.FLOAT, length);
        for (INDArray array : new INDArray[] {vector, vector.reshape(1, length)}) {
            INDArray sent = SentArray.array(SerializationUtils.roundtrip(SentArray.of(array)));
            assertThat(sent).isEqualTo(array);
            assertThat(sent.shape()).isEqualTo(array.shape());
        }
    }

    @Test
    void noArrayIsNull() {
        assertThat(SentArray.of(null)).isNull();
        assertThat(SentArray.array(null)).isNull();
    }
}
