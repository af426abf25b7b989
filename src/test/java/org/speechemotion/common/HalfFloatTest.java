package org.speechemotion.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the definition of IEEE 754, in double precision, for every half there is. */
class HalfFloatTest {
    private static final int INFINITY = 0x7C00;

    @Test
    void everyHalfIsTheValueOfItsDefinition() {
        for (int bits = 0; bits < INFINITY; bits++) {
            assertThat((double) HalfFloat.toFloat((short) bits)).isEqualTo(defined(bits));
            assertThat((double) HalfFloat.toFloat((short) (bits | 0x8000))).isEqualTo(-defined(bits));
        }
        assertThat(HalfFloat.toFloat((short) INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(HalfFloat.toFloat((short) 0xFC00)).isEqualTo(Float.NEGATIVE_INFINITY);
        for (int bits = INFINITY + 1; bits < 0x8000; bits++) {
            assertThat(HalfFloat.toFloat((short) bits)).isNaN();
            assertThat(HalfFloat.toFloat((short) (bits | 0x8000))).isNaN();
        }
    }

    @Test
    void zeroKeepsItsSign() {
        assertThat(HalfFloat.of(0f)).isZero();
        assertThat(HalfFloat.of(-0f)).isEqualTo((short) 0x8000);
        assertThat(Float.floatToRawIntBits(HalfFloat.toFloat((short) 0x8000))).isEqualTo(Float.floatToRawIntBits(-0f));
    }

    @Test
    void everyHalfConvertsToItself() {
        for (int bits = 0; bits < INFINITY; bits++) {
            assertThat(HalfFloat.of((float) defined(bits))).isEqualTo((short) bits);
            assertThat(HalfFloat.of((float) -defined(bits))).isEqualTo((short) (bits | 0x8000));
        }
    }

    @Test
    void roundsToTheNearestHalfAndTiesToEven() {
        for (int bits = 0; bits < INFINITY - 1; bits++) {
            float middle = (float) ((defined(bits) + defined(bits + 1)) / 2);
            assertThat((double) middle).isEqualTo((defined(bits) + defined(bits + 1)) / 2);
            assertThat(HalfFloat.of(middle)).isEqualTo((short) (bits % 2 == 0 ? bits : bits + 1));
            assertThat(HalfFloat.of(Math.nextDown(middle))).isEqualTo((short) bits);
            assertThat(HalfFloat.of(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
            assertThat(HalfFloat.of(-Math.nextUp(middle))).isEqualTo((short) (bits + 1 | 0x8000));
        }
    }

    /** numpy: hex(numpy.float32(value).astype(numpy.float16).view(numpy.uint16)). */
    @ParameterizedTest
    @CsvSource({
        "1, 3c00",
        "-2, c000",
        "3.14159265, 4248",
        "0.1, 2e66",
        "65504, 7bff",
        "65519.996, 7bff",
        "1e-8, 0",
        "3e-8, 1",
        "6.1e-5, 3ff",
        "-1000.3, e3d1"
    })
    void agreesWithNumPy(float value, String bits) {
        assertThat(Integer.toHexString(HalfFloat.of(value) & 0xFFFF)).isEqualTo(bits);
    }

    @ParameterizedTest
    @ValueSource(floats = {65_520f, -65_520f, Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NaN})
    void tooLargeValuesAreRejected(float value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HalfFloat.of(value))
                .withMessageContaining(Float.toString(value))
                .withMessageContaining("65504");
    }

    private static double defined(int bits) {
        int exponent = bits >> 10;
        int fraction = bits & 1023;
        return exponent == 0
                ? fraction / 1024.0 * Math.pow(2, -14)
                : (1 + fraction / 1024.0) * Math.pow(2, exponent - 15);
    }
}
