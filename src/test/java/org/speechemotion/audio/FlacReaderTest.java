package org.speechemotion.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.common.Result;

class FlacReaderTest extends ContainerContract {

    /** RFC 9639, appendix D.1.1. */
    private static final byte[] RFC_VERBATIM = HexFormat.of()
            .parseHex(
                    """
            664c6143800000221000100000000f00000f0ac442f0000000013e84b41807dc69030758
            6a3dad1a2e0ffff869180000bf0358fd03128baa9a"""
                            .replaceAll("\\s", ""));

    /** RFC 9639, appendix D.2.1. */
    private static final byte[] RFC_FIXED = HexFormat.of()
            .parseHex(
                    """
            664c61430000002200100010000017000044 0ac442f000000013d5b0564975e98b8d8b93
            0422757b81030300001200000000000000000000000000000000001004 00003a20000000
            7265666572656e6365206c6962464c414320312e332e332032303139303830340100 0000
            0e0000005449544c453dd7a9d79cd795d79d81000006000000000000fff86998000f9912
            086701623d144299 8f5df70d6fe00c17caeb21000ee7a77a24a1590c1217b603097b784f
            aa9a33d285e070ad5b1b4851b4010d99d2cd1a68f1e6b810fff869180102a402c382c40b
            c14a03ee48dd03b67c1330"""
                            .replaceAll("\\s", ""));

    /** RFC 9639, appendix D.3.1: a linear predictor, and a partition without a Rice code. */
    private static final byte[] RFC_LINEAR = HexFormat.of()
            .parseHex(
                    """
            664c6143800000221000100000001f00001f07d000700000 0018f8f9e396f5cbcfc6dc80
            7f9977906b32fff868020017e944004f6f313d1047d227cb6d090831452bdc2822228057
            a3"""
                            .replaceAll("\\s", ""));

    @Override
    byte[] sample() {
        return Fixtures.bytes("flac-16.flac");
    }

    @Override
    SourceFormat sampleFormat() {
        return new SourceFormat("flac", 8_000, 2, 0.25);
    }

    @ParameterizedTest
    @CsvSource({"flac-16, 8000", "flac-24, 16000", "flac-8, 16000"})
    void decodesWithoutLoss(String name, int sampleRate) {
        AudioDecoder decoder = Fixtures.unlimited(sampleRate);
        assertThat(audio(decoder, Fixtures.bytes(name + ".flac")).waveform().samples())
                .containsExactly(
                        audio(decoder, Fixtures.bytes(name + ".wav")).waveform().samples());
    }

    @Test
    void decodesTheExamplesOfItsSpecification() {
        assertThat(decode(RFC_VERBATIM, 44_100)).containsExactly((25_588 + 10_416) / 65_536f);
        int[] left = {
            10372,
            18041,
            14942,
            17876,
            15627,
            17899,
            16242,
            18077,
            16824,
            18263,
            17295,
            -14418,
            -15201,
            -14508,
            -15195,
            -14818,
            (short) 0xC382,
            (short) 0xC40B,
            (short) 0xC14A
        };
        int[] right = {
            6070, 10545, 8743, 10449, 9143, 10463, 9502, 10569, 9840, 10680, 10113, -8428, -8895, -8476, -8896, -8653,
            -9072, -8958, -9410
        };
        float[] mean = new float[left.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (left[i] + right[i]) / 65_536f;
        }
        assertThat(decode(RFC_FIXED, 44_100)).containsExactly(mean);
        int[] linear = {
            0, 79, 111, 78, 8, -61, -90, -68, -13, 42, 67, 53, 13, -27, -46, -38, -12, 14, 24, 19, 6, -4, -5, 0
        };
        float[] expected = new float[linear.length];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = linear[i] / 128f;
        }
        assertThat(decode(RFC_LINEAR, 32_000)).containsExactly(expected);
    }

    @Test
    void skipsAnId3Tag() {
        ByteArrayOutputStream tagged = new ByteArrayOutputStream();
        tagged.writeBytes("ID3\u0004\u0000\u0000\u0000\u0000\u0001\u0002".getBytes(StandardCharsets.ISO_8859_1));
        tagged.writeBytes(new byte[130]);
        tagged.writeBytes(RFC_LINEAR);
        assertThat(decode(tagged.toByteArray(), 32_000)).containsExactly(decode(RFC_LINEAR, 32_000));
    }

    /** Returns a file with a declared number of samples, 0 for unknown, and other bytes after the last frame. */
    @ParameterizedTest
    @CsvSource({
        "4000, ''",
        "0, ''",
        "100, ''",
        "2000, ''",
        "4000, tag",
        "0, tag",
        "100, tag",
        "4000, ape",
        "0, ape",
        "100, ape",
        "4000, zeros",
        "0, zeros",
        "100, zeros",
        "0, junk",
        "100, junk"
    })
    void readsEveryFrameDespiteTheDeclaredLength(long counted, String behind) {
        byte[] file = Fixtures.bytes("flac-24.flac");
        DecodedAudio whole = audio(Fixtures.unlimited(16_000), file);
        long samples = whole.waveform().samples().length;
        long claimed = counted == 4_000 ? samples : counted;
        DecodedAudio found = audio(Fixtures.unlimited(16_000), join(counting(file, claimed), behind(behind)));
        assertThat(found.waveform().samples()).containsExactly(whole.waveform().samples());
        String note = (claimed == samples || claimed == 0
                        ? ""
                        : "; the header counts " + claimed + " samples of each channel, but there are " + samples)
                + (behind.equals("zeros") ? "; 5000 bytes of zeros after the audio were skipped" : "")
                + (behind.equals("junk") ? "; 500 bytes that are neither audio nor a tag were skipped" : "");
        assertThat(found.source().note()).isEqualTo(note.replaceFirst("; ", ""));
    }

    @ParameterizedTest
    @CsvSource({"'', true", "'', false", "tag, true", "ape, false", "zeros, false"})
    void readsFollowingStreams(String between, boolean counted) {
        byte[] first = Fixtures.bytes("flac-24.flac");
        byte[] second = Fixtures.bytes("flac-8.flac");
        byte[] file = join(join(counted ? first : counting(first, 0), behind(between)), second);
        AudioDecoder decoder = Fixtures.unlimited(16_000);
        assertThat(audio(decoder, file).waveform().samples())
                .containsExactly(floats(
                        audio(decoder, first).waveform().samples(),
                        audio(decoder, second).waveform().samples()));
    }

    @Test
    void readsAFollowingStreamOfAnotherFormat() {
        byte[] first = Fixtures.bytes("flac-24.flac");
        byte[] second = Fixtures.bytes("flac-16.flac");
        AudioDecoder decoder = new AudioDecoder(AudioSettings.defaults());
        DecodedAudio joined = audio(decoder, join(first, second));
        assertThat(joined.waveform().samples())
                .containsExactly(floats(
                        audio(decoder, first).waveform().samples(),
                        audio(decoder, second).waveform().samples()));
        assertThat(joined.source())
                .isEqualTo(new SourceFormat(
                        "flac",
                        16_000,
                        1,
                        0.4,
                        "the format changes at 0.150 s, from 16000 Hz in 1 channel(s) to 8000 Hz in 2"));
    }

    @Test
    void rejectsADamagedFrameWithoutADeclaredLength() {
        byte[] file = counting(Fixtures.bytes("flac-24.flac"), 0);
        int sync = 0;
        for (int i = 42; i < file.length - 1 && sync < 3; i++) {
            if (file[i] == -1 && (file[i + 1] & 0xFE) == 0xF8) {
                sync++;
                byte[] damaged = file.clone();
                damaged[i + 1] ^= 0x40;
                assertThat(Fixtures.unlimited(16_000).decode(damaged))
                        .as("frame at byte " + i)
                        .isInstanceOf(Result.Rejected.class);
            }
        }
        assertThat(sync).isEqualTo(3);
    }

    /** The same file with another number of samples in its header: the last 36 bits of bytes 18 to 25. */
    private static byte[] counting(byte[] file, long samples) {
        byte[] other = file.clone();
        ByteBuffer header = ByteBuffer.wrap(other);
        header.putLong(18, ((header.getLong(18) >>> 36) << 36) | samples);
        return other;
    }

    private static byte[] behind(String what) {
        byte[] junk = new byte[500];
        Arrays.fill(junk, (byte) 0x5A);
        return switch (what) {
            case "tag" -> Arrays.copyOf("TAGTitle".getBytes(StandardCharsets.US_ASCII), 128);
            case "ape" -> HexFormat.of()
                    .parseHex(
                            "4150455441474558d00700002400000000000000000000a00000000000000000 01020304".replace(" ", "")
                                    + "4150455441474558d0070000240000000000000000000080" + "0000000000000000");
            case "zeros" -> new byte[5_000];
            case "junk" -> junk;
            default -> new byte[0];
        };
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static float[] floats(float[] first, float[] second) {
        float[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    @Test
    void detectsEveryFlippedBitOfAFrame() {
        int firstFrame = 42;
        for (int bit = firstFrame * 8; bit < RFC_LINEAR.length * 8; bit++) {
            byte[] flipped = RFC_LINEAR.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(Fixtures.unlimited(32_000).decode(flipped))
                    .as("bit " + bit)
                    .isInstanceOf(Result.Rejected.class);
        }
    }

    @Test
    void rejectsADeclaredLengthBeyondTheLimitBeforeDecoding() {
        byte[] file = RFC_LINEAR.clone();
        // The last 36 bits of bytes 21 to 25 are the number of samples.
        file[21] |= 0xF;
        rejection(Fixtures.unlimited(32_000), file)
                .isEqualTo(RejectionReason.TOO_LONG.rejection(
                        "flac: the duration is at least 2013265.921 s; allowed: at most 600.0 s"));
    }

    @Test
    void errorsNameTheFault() {
        byte[] noInfo = RFC_LINEAR.clone();
        noInfo[4] = (byte) 0x84;
        rejection(Fixtures.unlimited(32_000), noInfo)
                .isEqualTo(RejectionReason.UNREADABLE.rejection(
                        "flac: the first metadata block has type 4 and 34 bytes; allowed: the stream info, "
                                + "type 0 and 34"));
        rejection(Fixtures.unlimited(32_000), Arrays.copyOf(RFC_LINEAR, 60))
                .isEqualTo(
                        RejectionReason.UNREADABLE.rejection("flac: the file ends at byte 60, before any whole frame"));
        byte[] damaged = RFC_LINEAR.clone();
        damaged[60]++;
        rejection(Fixtures.unlimited(32_000), damaged)
                .isEqualTo(RejectionReason.UNREADABLE.rejection("flac: the frame at byte 42 fails its CRC-16"));
    }

    private static float[] decode(byte[] file, int sampleRate) {
        return audio(Fixtures.unlimited(sampleRate), file).waveform().samples();
    }
}
