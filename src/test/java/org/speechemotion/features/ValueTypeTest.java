package org.speechemotion.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ValueTypeTest {
    @Test
    void bytesAreLittleEndian() {
        assertThat(ValueType.FP16.encode(new float[] {1, -2})).containsExactly(new byte[] {0, 0x3C, 0, (byte) 0xC0});
        assertThat(ValueType.FP32.encode(new float[] {1})).containsExactly(new byte[] {0, 0, (byte) 0x80, 0x3F});
    }

    @ParameterizedTest
    @EnumSource
    void encodedValuesAreDecoded(ValueType type) {
        float[] values = {0, -0.5f, 1.25f, 2048, 0x1p-24f};
        ByteBuffer encoded = ByteBuffer.wrap(type.encode(values));
        assertThat(encoded.remaining()).isEqualTo(values.length * type.bytes());
        assertThat(type.decode(encoded)).containsExactly(values);
        encoded.position(2 * type.bytes());
        assertThat(type.decode(encoded)).containsExactly(1.25f, 2048, 0x1p-24f);
    }

    @Test
    void singlePrecisionIsExact() {
        float[] values = {0.1f, Float.MIN_VALUE, Float.MAX_VALUE};
        assertThat(ValueType.FP32.decode(ByteBuffer.wrap(ValueType.FP32.encode(values))))
                .containsExactly(values);
    }

    @ParameterizedTest
    @EnumSource
    void invalidNumbersAreRejected(ValueType type) {
        for (float value : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> type.encode(new float[] {0, value}))
                    .withMessageContaining(Float.toString(value));
        }
    }
}
