package org.speechemotion.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntToDoubleFunction;
import org.bytedeco.javacpp.indexer.Bfloat16Indexer;
import org.bytedeco.javacpp.indexer.HalfIndexer;
import org.junit.jupiter.api.Test;

/** Every 16-bit pattern, against the conversions of JavaCPP. */
class ElementTypeTest {
    private static final int PATTERNS = 1 << 16;

    @Test
    void halfPrecision() {
        assertThat(decode(ElementType.F16)).isEqualTo(expected(HalfIndexer::toFloat));
    }

    @Test
    void bfloat16() {
        assertThat(decode(ElementType.BF16)).isEqualTo(expected(Bfloat16Indexer::toFloat));
    }

    private static float[] expected(IntToDoubleFunction conversion) {
        float[] values = new float[PATTERNS];
        for (int bits = 0; bits < PATTERNS; bits++) {
            values[bits] = (float) conversion.applyAsDouble(bits);
        }
        return values;
    }

    private static float[] decode(ElementType type) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * PATTERNS).order(ByteOrder.LITTLE_ENDIAN);
        for (int bits = 0; bits < PATTERNS; bits++) {
            bytes.putShort((short) bits);
        }
        float[] values = new float[PATTERNS];
        type.decode(bytes.flip(), values, 0);
        return values;
    }
}
