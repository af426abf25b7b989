package org.speechemotion.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.common.Rejection;

class WavReaderTest extends ContainerContract {

    private static final int RATE = 16_000;
    private static final AudioDecoder DECODER = Fixtures.withoutFfmpeg(RATE);

    @Override
    byte[] sample() {
        return Fixtures.bytes("sweep-11025.wav");
    }

    @Override
    SourceFormat sampleFormat() {
        return new SourceFormat("wav", 11_025, 1, 1_654 / 11_025.0);
    }

    static Stream<Arguments> encodings() {
        return Stream.of(
                arguments(1, 8, new int[] {0, 64, 128, 192, 255}, new float[] {-1, -0.5f, 0, 0.5f, 127 / 128f}),
                arguments(1, 16, new int[] {0, 0x80, 0, 0xC0, 1, 0, 0xFF, 0x7F}, new float[] {
                    -1, -0.5f, 1 / 32768f, 32767 / 32768f
                }),
                arguments(1, 12, new int[] {0, 0x80, 0x10, 0}, new float[] {-1, 16 / 32768f}),
                arguments(1, 24, new int[] {0, 0, 0x80, 0, 0, 0xC0, 1, 0, 0, 0xFF, 0xFF, 0x7F}, new float[] {
                    -1, -0.5f, 0x1p-23f, 1 - 0x1p-23f
                }),
                arguments(1, 20, new int[] {0, 0, 0x80, 0x10, 0, 0}, new float[] {-1, 0x1p-19f}),
                arguments(
                        1, 32, new int[] {0, 0, 0, 0x80, 0, 0, 0, 0x40, 0, 1, 0, 0}, new float[] {-1, 0.5f, 0x1p-23f}),
                arguments(3, 32, new int[] {0, 0, 0x80, 0xBF, 0, 0, 0x80, 0x3E}, new float[] {-1, 0.25f}),
                arguments(3, 64, new int[] {0, 0, 0, 0, 0, 0, 0xE0, 0xBF, 0, 0, 0, 0, 0, 0, 0xC0, 0x3F}, new float[] {
                    -0.5f, 0.125f
                }));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void readsEveryEncoding(int tag, int bits, int[] data, float[] expected) {
        assertThat(samples(new WavBytes().format(tag, 1, RATE, bits).data(data)))
                .containsExactly(expected);
        assertThat(samples(new WavBytes().extensible(tag, 1, RATE, bits).data(data)))
                .containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7})
    void readsTheLogarithmicEncodingsOfG711(int tag) throws IOException {
        int[] codes = new int[256];
        byte[] bytes = new byte[256];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = i;
            bytes[i] = (byte) i;
        }
        AudioFormat.Encoding encoding = tag == 6 ? AudioFormat.Encoding.ALAW : AudioFormat.Encoding.ULAW;
        AudioFormat format = new AudioFormat(encoding, RATE, 8, 1, 1, RATE, false);
        ByteBuffer expected;
        try (AudioInputStream decoded = AudioSystem.getAudioInputStream(
                AudioFormat.Encoding.PCM_SIGNED,
                new AudioInputStream(new ByteArrayInputStream(bytes), format, bytes.length))) {
            expected = ByteBuffer.wrap(decoded.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
        }
        float[] samples = samples(new WavBytes().format(tag, 1, RATE, 8).data(codes));
        assertThat(samples).hasSize(256);
        for (int i = 0; i < samples.length; i++) {
            assertThat(samples[i]).as("code " + i).isEqualTo(expected.getShort(2 * i) / 32768f);
        }
    }

    @Test
    void readsBigEndianFiles() {
        assertThat(samples(new WavBytes().bigEndian().format(1, 1, RATE, 16).data(0xC0, 0, 0, 1)))
                .containsExactly(-0.5f, 1 / 32768f);
        assertThat(samples(new WavBytes().bigEndian().format(1, 1, RATE, 24).data(0xC0, 0, 0, 0, 0, 1)))
                .containsExactly(-0.5f, 0x1p-23f);
    }

    @Test
    void mixesChannelsToTheirMean() {
        assertThat(samples(new WavBytes().format(1, 2, RATE, 8).data(192, 64, 255, 129)))
                .containsExactly(new float[] {0, 0.5f}, within(1e-7f));
        int[] frame = new int[70];
        Arrays.fill(frame, 0, 35, 192);
        Arrays.fill(frame, 35, 70, 128);
        assertThat(samples(new WavBytes().format(1, 70, RATE, 8).data(frame))).containsExactly(0.25f);
    }

    @Test
    void skipsOtherChunksAndTheirPadding() {
        assertThat(samples(new WavBytes()
                        .chunk("JUNK", new byte[27])
                        .format(1, 1, RATE, 8)
                        .chunk("FLLR", new byte[4_044])
                        .chunk("LIST", new byte[13])
                        .data(192)
                        .chunk("id3 ", new byte[11])))
                .containsExactly(0.5f);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0xFFFFFFFFL, 0x7FFFFFFFL, 1_000})
    void readsStreamedAndTruncatedFilesToTheEnd(long declaredSize) {
        assertThat(samples(new WavBytes()
                        .riff("RIFF", declaredSize)
                        .format(1, 1, RATE, 16)
                        .dataOfDeclaredSize(declaredSize, 0, 0x40, 0, 0xC0)))
                .containsExactly(0.5f, -0.5f);
    }

    @Test
    void takesTheSizeOfTheDataFromTheDs64ChunkOfRf64() {
        ByteBuffer sizes =
                ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN).putLong(8, 2);
        assertThat(samples(new WavBytes()
                        .riff("RF64", 0xFFFFFFFFL)
                        .chunk("ds64", sizes.array())
                        .format(1, 1, RATE, 16)
                        .dataOfDeclaredSize(0xFFFFFFFFL, 0, 0x40)
                        .chunk("LIST", new byte[4])))
                .containsExactly(0.5f);
    }

    @Test
    void acceptsSilence() {
        assertThat(samples(new WavBytes().format(1, 1, RATE, 16).data(new int[64])))
                .hasSize(32)
                .containsOnly(0);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments(new WavBytes().format(1, 1, RATE, 16).data(), RejectionReason.EMPTY, "there are no samples"),
                arguments(
                        new WavBytes().format(1, 2, RATE, 16).data(1, 2, 3),
                        RejectionReason.UNREADABLE,
                        "the data chunk has 3 bytes; allowed: at least a frame, 4 bytes"),
                arguments(
                        new WavBytes().format(3, 1, RATE, 32).data(0, 0, 0xC0, 0x7F),
                        RejectionReason.NOT_FINITE,
                        "sample 0 of channel 0 is NaN"),
                arguments(
                        new WavBytes().format(3, 2, RATE, 32).data(0, 0, 0, 0, 0, 0, 0x80, 0xFF),
                        RejectionReason.NOT_FINITE,
                        "sample 0 of channel 1 is -Infinity"),
                arguments(
                        new WavBytes().format(0x11, 1, RATE, 4).data(1, 2),
                        RejectionReason.UNSUPPORTED,
                        "format tag 0x0011, IMA ADPCM, with 4 bits; allowed: PCM"),
                arguments(
                        new WavBytes().format(1, 1, 800, 16).data(1, 2),
                        RejectionReason.UNSUPPORTED,
                        "the sample rate is 800 Hz; allowed: 1000 to 768000 Hz"),
                arguments(
                        new WavBytes().format(1, 0, RATE, 16).data(1, 2),
                        RejectionReason.UNREADABLE,
                        "the number of channels in the fmt chunk is 0; allowed: at least 1"),
                arguments(
                        new WavBytes().data(1, 2).format(1, 1, RATE, 16),
                        RejectionReason.UNREADABLE,
                        "the data chunk at byte 12 comes before any fmt chunk"),
                arguments(
                        new WavBytes().format(1, 1, RATE, 16),
                        RejectionReason.UNREADABLE,
                        "there is no data chunk in 36 bytes"),
                arguments(
                        new WavBytes().chunk("fmt ", 0xFFFFFFF0L, new byte[16]),
                        RejectionReason.UNREADABLE,
                        "the fmt chunk at byte 12 has 4294967280 bytes; allowed: at least 14, with 16 left"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void errorsNameTheFault(WavBytes wav, RejectionReason reason, String message) {
        rejection(DECODER, wav.build())
                .returns(reason.code(), Rejection::code)
                .extracting(Rejection::message)
                .asString()
                .startsWith("wav: " + message);
    }

    @Test
    void readsBackWhatIsWritten() {
        float[] samples = {0, 0.25f, -1, 1, 2, -2, 1.4f / 32768, -1.6f / 32768};
        float[] expected = {0, 0.25f, -1, 32767 / 32768f, 32767 / 32768f, -1, 1 / 32768f, -2 / 32768f};
        byte[] file = WavWriter.write(new Waveform(samples, RATE));
        assertThat(audio(DECODER, file).waveform().samples()).containsExactly(expected);
        assertThat(audio(DECODER, file).source()).isEqualTo(new SourceFormat("wav", RATE, 1, 8.0 / RATE));
    }

    private static float[] samples(WavBytes wav) {
        return audio(DECODER, wav.build()).waveform().samples();
    }
}
