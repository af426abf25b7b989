package org.speechemotion.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.common.Rejection;

class FloatScaleTest {

    private static final int RATE = 16_000;
    private static final AudioDecoder DECODER = Fixtures.unlimited(RATE);

    /** More than is held back. */
    private static final int LONG = 100_000;

    private static double tone(int i) {
        return 0.6 * Math.sin(i * 0.11);
    }

    @Test
    void keepsSamplesBeyondFullScale() {
        DecodedAudio loud = audio(1, LONG, i -> 3.2 * tone(i));
        assertThat(loud.waveform().samples()).hasSize(LONG);
        assertThat(loud.waveform().samples()[14])
                .isEqualTo((float) (3.2 * tone(14)))
                .isGreaterThan(1.9f);
        assertThat(loud.source().note())
                .isEqualTo("floating-point samples reach 1.920, beyond full scale, and are not clipped");

        DecodedAudio mixed = audio(2, 2 * LONG, i -> i % 2 == 0 ? 4 * tone(i / 2) : -3 * tone(i / 2));
        assertThat(mixed.waveform().samples()[14]).isEqualTo(((float) (4 * tone(14)) + (float) (-3 * tone(14))) / 2);
        assertThat(audio(1, LONG, FloatScaleTest::tone).source().note()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"32768, 100000", "32768, 3000", "8388608, 3000", "2147483648, 3000"})
    void dividesTheRangeOfIntegers(double scale, int count) {
        DecodedAudio whole = audio(1, count, i -> Math.rint(scale * tone(i)));
        DecodedAudio fractions = audio(1, count, i -> scale * tone(i));
        for (int i = 0; i < count; i++) {
            assertThat(whole.waveform().samples()[i]).isEqualTo((float) Math.rint(scale * tone(i)) / (float) scale);
            assertThat(fractions.waveform().samples()[i]).isEqualTo((float) (scale * tone(i)) / (float) scale);
        }
        assertThat(whole.source().note())
                .startsWith("floating-point samples are in the range of integers, up to ")
                .endsWith(" and were divided by " + String.format(Locale.ROOT, "%.0f", scale));
    }

    @Test
    void aQuietBeginningOfWholeNumbersDecidesTheScale() {
        DecodedAudio audio = audio(1, LONG, i -> Math.rint((i < 70_000 ? 10 : 20_000) * tone(i)));
        assertThat(audio.waveform().samples()[80_000]).isEqualTo((float) Math.rint(20_000 * tone(80_000)) / 32_768);
    }

    @ParameterizedTest
    @CsvSource({"100, 100", "0.5, 20000", "1e12, 1e12"})
    void rejectsUnknownScales(double first, double then) {
        ContainerContract.rejection(DECODER, file(1, LONG, i -> (i < 70_000 ? first : then) * tone(i)))
                .returns(RejectionReason.UNREADABLE.code(), Rejection::code)
                .extracting(Rejection::message)
                .asString()
                .startsWith("wav: floating-point samples reach ");
    }

    private static DecodedAudio audio(int channels, int count, IntToDoubleFunction sample) {
        return ContainerContract.audio(DECODER, file(channels, count, sample));
    }

    private static byte[] file(int channels, int count, IntToDoubleFunction sample) {
        ByteBuffer data = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            data.putFloat((float) sample.applyAsDouble(i));
        }
        return new WavBytes()
                .format(3, channels, RATE, 32)
                .chunk("data", Arrays.copyOf(data.array(), data.capacity()))
                .build();
    }
}
