package org.speechemotion.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TelephoneTest extends AugmentationContract {
    @Override
    String name() {
        return "telephone";
    }

    @Override
    List<String> given() {
        return List.of("codecs=[mu-law, a-law, ima-adpcm]");
    }

    @Override
    List<String> refused() {
        return List.of("codecs=[]", "codecs=[gsm]");
    }

    @ParameterizedTest
    @CsvSource({"100, -100, -30", "300, -3.5, -2.5", "1000, -0.5, 0.5", "2000, -0.5, 0.5", "3400, -3.5, -2.5"})
    void passesTheBand(double hertz, double min, double max) {
        float[] tone = Speech.tone(hertz, RATE);

        float[] heard =
                apply(new Telephone(List.of(Codec.MU_LAW)), tone, 1).waveform().samples();

        assertThat(heard).hasSameSizeAs(tone);
        assertThat(Speech.decibels(Speech.rms(heard, 4_000, 12_000) / Speech.rms(tone)))
                .isBetween(min, max);
    }

    @ParameterizedTest
    @EnumSource
    void nothingPassesAboveFourKilohertz(Codec codec) {
        float[] heard = apply(new Telephone(List.of(codec)), Speech.tone(5_000, RATE), 1)
                .waveform()
                .samples();

        assertThat(Speech.rms(heard)).isLessThan(0.003);
    }

    /** G.712 wants at least 33 dB at −20 dBm0 of G.711; ADPCM of 4 bits is known for about 20. */
    @ParameterizedTest
    @CsvSource({"MU_LAW, 35, 42", "A_LAW, 35, 42", "IMA_ADPCM, 18, 35"})
    void codecsHaveTheirSignalToNoiseRatios(Codec codec, double min, double max) {
        float[] tone = Speech.tone(431, 8_000);
        float[] coded = tone.clone();

        codec.pass(coded);

        float[] noise = new float[tone.length];
        IntStream.range(0, noise.length).forEach(i -> noise[i] = coded[i] - tone[i]);
        assertThat(Speech.decibels(Speech.rms(tone) / Speech.rms(noise))).isBetween(min, max);
    }

    @Test
    void adpcmDecodesAsInPython() throws IOException {
        ShortBuffer reference = resource("/augment/ima_adpcm.s16").asShortBuffer();
        int count = reference.remaining() / 2;
        float[] samples = new float[count];
        IntStream.range(0, count).forEach(i -> samples[i] = reference.get(i) * 0x1p-15f);

        Codec.IMA_ADPCM.pass(samples);

        for (int i = 0; i < count; i++) {
            assertThat(samples[i]).as("sample %d", i).isEqualTo(reference.get(count + i) * 0x1p-15f);
        }
    }

    @Test
    void delaysNothing() {
        float[] click = new float[4_000];
        click[2_000] = 0.9f;

        float[] heard =
                apply(new Telephone(List.of(Codec.MU_LAW)), click, 1).waveform().samples();

        int peak = IntStream.range(0, heard.length)
                .reduce((a, b) -> Math.abs(heard[a]) >= Math.abs(heard[b]) ? a : b)
                .orElseThrow();
        assertThat(peak).isCloseTo(2_000, within(6)); // the filters' own, below half a millisecond
    }

    static ByteBuffer resource(String name) throws IOException {
        try (InputStream in = TelephoneTest.class.getResourceAsStream(name)) {
            return ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
