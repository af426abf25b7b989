package org.speechemotion.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.speechemotion.audio.WavSignal.RATE;
import static org.speechemotion.audio.WavSignal.SAMPLES;
import static org.speechemotion.audio.WavSignal.SIGNAL;
import static org.speechemotion.audio.WavSignal.assertSignal;
import static org.speechemotion.audio.WavSignal.data;
import static org.speechemotion.audio.WavSignal.extensible;
import static org.speechemotion.audio.WavSignal.fields;
import static org.speechemotion.audio.WavSignal.file;
import static org.speechemotion.audio.WavSignal.join;
import static org.speechemotion.audio.WavSignal.lowestByteSet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.common.Rejection;

/** Tests {@link WavReader} on files with wrong headers and with other bytes around their samples. */
class WavToleranceTest {
    private static final AudioDecoder DECODER = Fixtures.unlimited(RATE);

    static Stream<Arguments> formats() {
        byte[] pcm = data(2, 0);
        byte[] both = new byte[2 * pcm.length];
        for (int i = 0; i < pcm.length; i++) {
            both[i / 2 * 4 + i % 2] = pcm[i];
            both[i / 2 * 4 + i % 2 + 2] = pcm[i];
        }
        return Stream.of(
                arguments("block align 0", fields(16, 1, 1, RATE, 0, 16), pcm, "a block align of 0 bytes"),
                arguments("block align 1", fields(16, 1, 1, RATE, 1, 16), pcm, "a block align of 1 bytes"),
                arguments("block align 7", fields(16, 1, 1, RATE, 7, 16), pcm, "a block align of 7 bytes"),
                arguments("stereo, block align 2", fields(16, 1, 2, RATE, 2, 16), both, "a block align of 2 bytes"),
                arguments("stereo, block align 0", fields(16, 1, 2, RATE, 0, 16), both, "a block align of 0 bytes"),
                arguments("0 bits", fields(16, 1, 1, RATE, 2, 0), pcm, "a sample size of 0 bits"),
                arguments("no bits", fields(14, 1, 1, RATE, 2, 0), pcm, ""),
                arguments("24 in 32 bits", fields(16, 1, 1, RATE, 4, 24), data(4, 16), "a sample size of 24 bits"),
                arguments(
                        "24 in 32 bits, the lower ones",
                        fields(16, 1, 1, RATE, 4, 24),
                        lowestByteSet(data(4, 8)),
                        "the lower ones of 32"),
                arguments("sample rate 0", fields(16, 1, 1, 0, 2, 16), pcm, "interpreted as 16000 Hz"),
                arguments("extensible without a GUID", fields(18, 0xFFFE, 1, RATE, 2, 16), pcm, ""),
                arguments("no valid bits", extensible(16, 0, 1, "0000000010008000 00AA00389B71"), pcm, ""),
                arguments("ambisonic", extensible(16, 16, 1, "00002107D311 8644C8C1CA000000"), pcm, ""),
                arguments("valid 24 of 32", extensible(32, 24, 1, "0000000010008000 00AA00389B71"), data(4, 16), ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("formats")
    void trustsTheFieldThatFitsTheData(String name, byte[] format, byte[] data, String note) {
        DecodedAudio audio =
                audio(new WavBytes().chunk("fmt ", format).chunk("data", data).build());
        assertSignal(audio, 1);
        assertThat(audio.source().note()).contains(note);
        assertThat(audio.source().note().isEmpty()).isEqualTo(note.isEmpty());
        assertThat(audio.source().sampleRate()).isEqualTo(RATE);
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7})
    void logarithmicSamplesAlwaysHaveEightBits(int tag) {
        G711 law = tag == 6 ? G711.A_LAW : G711.MU_LAW;
        byte[] codes = new byte[SAMPLES];
        float[] expected = new float[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            codes[i] = law.encode(SIGNAL[i]);
            expected[i] = law.decode(codes[i]) / 32_768f;
        }
        for (int bits : new int[] {0, 13, 16}) {
            byte[] format = fields(16, tag, 1, RATE, bits / 8, bits);
            DecodedAudio audio = audio(
                    new WavBytes().chunk("fmt ", format).chunk("data", codes).build());
            assertThat(audio.waveform().samples()).containsExactly(expected);
            assertThat(audio.source().note()).contains("a sample size of " + bits + " bits");
        }
    }

    /** The declared size of the data, that of the RIFF, and whether they are noted. */
    static Stream<Arguments> sizes() {
        long data = 2 * SAMPLES;
        return Stream.of(
                arguments(0, 36, false),
                arguments(0, 0, false),
                arguments(0, 36 + data, true),
                arguments(0xFFFFFFFFL, 0xFFFFFFFFL, false),
                arguments(1_000, 36 + data, true),
                arguments(1_001, 36 + data, true),
                arguments(data, 0, false),
                arguments(data + 100, 36 + data, true));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void readsAllDataDespiteWrongSizes(long dataSize, long riffSize, boolean noted) {
        DecodedAudio audio = audio(new WavBytes()
                .riff("RIFF", riffSize)
                .format(1, 1, RATE, 16)
                .chunk("data", dataSize, data(2, 0))
                .build());
        assertSignal(audio, 1);
        assertThat(audio.source().note().isEmpty()).isNotEqualTo(noted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RF64", "BW64"})
    void readsTheFormatsForLargeFiles(String id) {
        for (long size : new long[] {2 * SAMPLES, 0, -1}) {
            byte[] sizes = ByteBuffer.allocate(28)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(8, size)
                    .array();
            assertSignal(
                    audio(new WavBytes()
                            .riff(id, 0xFFFFFFFFL)
                            .chunk("ds64", sizes)
                            .format(1, 1, RATE, 16)
                            .chunk("data", 0xFFFFFFFFL, data(2, 0))
                            .build()),
                    1);
        }
    }

    @Test
    void anOddChunkMayLackItsPadding() {
        byte[] codes = new byte[SAMPLES];
        Arrays.fill(codes, (byte) 192);
        byte[] padded = new WavBytes()
                .format(1, 1, RATE, 8)
                .chunk("data", codes)
                .chunk("LIST", "INFO".getBytes(StandardCharsets.US_ASCII))
                .build();
        byte[] unpadded =
                join(Arrays.copyOf(padded, 44 + SAMPLES), Arrays.copyOfRange(padded, 45 + SAMPLES, padded.length));
        for (byte[] file : new byte[][] {padded, unpadded}) {
            DecodedAudio audio = audio(file);
            assertThat(audio.waveform().samples()).hasSize(SAMPLES).containsOnly(0.5f);
            assertThat(audio.source().note()).isEmpty();
        }
    }

    @Test
    void aTooLargeChunkHidesNoSamples() {
        DecodedAudio audio = audio(new WavBytes()
                .format(1, 1, RATE, 16)
                .chunk("LIST", 1 << 28, new byte[20])
                .chunk("data", data(2, 0))
                .build());
        assertSignal(audio, 1);
        assertThat(audio.source().note())
                .isEqualTo("the chunk at byte 36 says that it has 268435456 bytes, which is wrong and was ignored");
    }

    static Stream<Arguments> surroundings() {
        byte[] junk = new byte[600];
        new SplittableRandom(3).nextBytes(junk);
        byte[] id3 = join(new byte[] {'I', 'D', '3', 4, 0, 0, 0, 0, 0, 20}, new byte[20]);
        byte[] nothing = {};
        return Stream.of(
                arguments(id3, nothing, ""),
                arguments(new byte[3_000], nothing, "3000 bytes before the audio were skipped"),
                arguments(junk, nothing, "600 bytes before the audio were skipped"),
                arguments(join(id3, junk), nothing, "600 bytes before the audio were skipped"),
                arguments(
                        "--x\r\nContent-Type: audio/wav\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                        "\r\n--x--\r\n".getBytes(StandardCharsets.US_ASCII),
                        "32 bytes before the audio were skipped"),
                arguments(nothing, Arrays.copyOf(new byte[] {'T', 'A', 'G'}, 128), ""),
                arguments(nothing, new byte[50_000], "50000 bytes of zeros after the audio were skipped"),
                arguments(nothing, junk, "bytes that are neither audio nor a tag were skipped"));
    }

    @ParameterizedTest
    @MethodSource("surroundings")
    void skipsBytesAroundTheFile(byte[] before, byte[] behind, String note) {
        DecodedAudio audio = audio(join(join(before, file(RATE)), behind));
        assertSignal(audio, 1);
        assertThat(audio.source().note()).contains(note);
        assertThat(audio.source().note().isEmpty()).isEqualTo(note.isEmpty());
    }

    @Test
    void readsAllDataChunksAndFollowingFiles() {
        byte[] twice = new WavBytes()
                .format(1, 1, RATE, 16)
                .chunk("data", data(2, 0))
                .chunk("data", data(2, 0))
                .build();
        assertSignal(audio(twice), 2);
        assertSignal(audio(join(file(RATE), file(RATE))), 2);
        assertSignal(audio(join(join(file(RATE), new byte[3]), file(RATE))), 2);

        DecodedAudio slower = audio(join(file(RATE), file(RATE / 2)));
        assertThat(slower.source())
                .isEqualTo(new SourceFormat(
                        "wav",
                        RATE,
                        1,
                        3.0 * SAMPLES / RATE,
                        "the format changes at 0.250 s, from 16000 Hz in 1 channel(s) to 8000 Hz in 1"));
        float[] second = audio(file(RATE / 2)).waveform().samples();
        float[] samples = slower.waveform().samples();
        assertThat(Arrays.copyOfRange(samples, SAMPLES, samples.length)).containsExactly(second);
    }

    @Test
    void rejectsPossibleAudioAfterTheData() {
        byte[] small = new WavBytes()
                .riff("RIFF", 1_036)
                .format(1, 1, RATE, 16)
                .chunk("data", 1_000, data(2, 0))
                .build();
        ContainerContract.rejection(DECODER, small)
                .returns(RejectionReason.UNREADABLE.code(), Rejection::code)
                .extracting(Rejection::message)
                .asString()
                .matches("wav: \\d+ of the file's 8046 bytes are neither audio nor a tag");
        ContainerContract.rejection(DECODER, join(file(RATE), Fixtures.bytes("flac-8.flac")))
                .isEqualTo(RejectionReason.UNSUPPORTED.rejection(
                        "wav: another recording begins at byte 8046, FLAC; allowed: one format per file"));
    }

    @Test
    void readsMp3InWav() {
        byte[] mp3 = Fixtures.bytes("mp3-16000.mp3");
        byte[] format = fields(30, 0x55, 1, RATE, 576, 0);
        DecodedAudio audio = audio(new WavBytes()
                .chunk("fmt ", format)
                .chunk("data", mp3)
                .chunk("LIST", new byte[20])
                .build());
        DecodedAudio plain = audio(mp3);
        assertThat(audio.waveform().samples()).containsExactly(plain.waveform().samples());
        assertThat(audio.source())
                .isEqualTo(new SourceFormat("wav", RATE, 1, plain.source().durationSeconds()));
    }

    private static DecodedAudio audio(byte[] file) {
        return ContainerContract.audio(DECODER, file);
    }
}
