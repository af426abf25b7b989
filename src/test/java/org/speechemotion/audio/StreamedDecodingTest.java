package org.speechemotion.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.common.Result;

/** Tests the streaming of {@link AudioDecoder}: pieces of any size, separate channels, and premature ends. */
class StreamedDecodingTest {
    private static final AudioDecoder DECODER = new AudioDecoder(AudioSettings.defaults());

    @ParameterizedTest
    @ValueSource(
            strings = {"sweep-11025.wav", "flac-8.flac", "flac-16.flac", "flac-24.flac", "mp3-44100.mp3", "mp3-id3.mp3"
            })
    void samplesDoNotDependOnPieces(String name) throws IOException {
        for (long seed = -1; seed < 100; seed++) {
            byte[] file = seed < 0 ? Fixtures.bytes(name) : AudioMutations.mutate(Fixtures.bytes(name), seed);
            Result<DecodedAudio> whole = DECODER.decode(file);
            for (int piece : new int[] {1, 7, 2048, 70_000}) {
                Result<DecodedAudio> streamed = DECODER.decode(new Pieces(file, piece), file.length, "");
                if (whole instanceof Result.Accepted<DecodedAudio> accepted) {
                    DecodedAudio audio = accepted.value();
                    DecodedAudio found = streamed.orElseThrow();
                    assertThat(found.source()).isEqualTo(audio.source());
                    assertThat(found.waveform().samples())
                            .as("mutant " + seed + " in pieces of " + piece)
                            .containsExactly(audio.waveform().samples());
                } else {
                    assertThat(streamed).as("mutant " + seed).isEqualTo(whole);
                }
            }
        }
    }

    @Test
    void returnsEachChannelSeparately() throws IOException {
        byte[] file = new WavBytes()
                .format(1, 3, 16_000, 16)
                .data(samples(3 * 4_000, i -> 100 * (i % 3 + 1) + i))
                .build();
        Tracks each = new Tracks();
        assertThat(DECODER.decode(new ByteArrayInputStream(file), file.length, "", Channels.EACH, each))
                .isEqualTo(Result.accepted(new SourceFormat("wav", 16_000, 3, 0.25)));
        Tracks mix = new Tracks();
        assertThat(DECODER.decode(new ByteArrayInputStream(file), file.length, "", Channels.MIX, mix))
                .isInstanceOf(Result.Accepted.class);
        assertThat(each.samples).hasSize(3);
        assertThat(mix.samples).hasSize(1);
        for (int i : new int[] {0, 1, 1_234, 3_999}) {
            for (int channel = 0; channel < 3; channel++) {
                assertThat(each.of(channel)[i]).isEqualTo((100 * (channel + 1) + 3 * i + channel) / 32_768f);
            }
            assertThat(mix.of(0)[i]).isEqualTo((each.of(0)[i] + each.of(1)[i] + each.of(2)[i]) / 3);
        }
        assertThat(each.of(2)).hasSize(4_000);
    }

    @Test
    void manyChannelsCanOnlyBeMixed() throws IOException {
        byte[] file =
                new WavBytes().format(1, 9, 16_000, 8).data(new int[9 * 4_000]).build();
        assertThat(DECODER.decode(new ByteArrayInputStream(file), file.length, "", Channels.MIX, new Tracks()))
                .isInstanceOf(Result.Accepted.class);
        assertThat(DECODER.decode(new ByteArrayInputStream(file), file.length, "", Channels.EACH, new Tracks()))
                .isEqualTo(Result.rejected(RejectionReason.UNSUPPORTED.rejection(
                        "wav: the number of channels is 9; allowed: at most 8 to separate them")));
    }

    @Test
    void varyingChannelsCanOnlyBeMixed() throws IOException {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(
                new WavBytes().format(1, 1, 16_000, 8).data(new int[4_000]).build());
        joined.writeBytes(
                new WavBytes().format(1, 2, 16_000, 8).data(new int[8_000]).build());
        byte[] file = joined.toByteArray();
        Tracks mix = new Tracks();
        assertThat(DECODER.decode(new ByteArrayInputStream(file), file.length, "", Channels.MIX, mix))
                .isInstanceOf(Result.Accepted.class);
        assertThat(mix.of(0)).hasSize(8_000);
        assertThat(DECODER.decode(new ByteArrayInputStream(file), file.length, "", Channels.EACH, new Tracks()))
                .isEqualTo(Result.rejected(RejectionReason.UNSUPPORTED.rejection(
                        "wav: the number of channels changes from 1 to 2 at 0.250 s: they cannot be separated")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sweep-11025.wav", "flac-16.flac", "mp3-44100.mp3"})
    void aFailingStreamIsNoTruncatedFile(String name) {
        byte[] file = Fixtures.bytes(name);
        assertThatIOException()
                .isThrownBy(
                        () -> DECODER.decode(new Pieces(Arrays.copyOf(file, file.length / 2), 1000), file.length, ""))
                .withMessage("the stream ends at byte " + file.length / 2 + " of " + file.length);
        for (Exception failure : List.of(new EOFException("gone"), new IllegalStateException("gone"))) {
            assertThatIOException()
                    .isThrownBy(() -> DECODER.decode(new Failing(file, file.length / 2, failure), file.length, ""))
                    .withMessage("gone")
                    .isNotInstanceOf(EOFException.class);
        }
    }

    @Test
    void exceptionsOfTheConsumerPropagate() {
        byte[] file = Fixtures.bytes("sweep-11025.wav");
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() ->
                        DECODER.decode(new ByteArrayInputStream(file), file.length, "", Channels.MIX, new Tracks() {
                            @Override
                            public void accept(int channel, float[] samples, int count) {
                                throw new ArithmeticException();
                            }
                        }));
    }

    /** Streams 4.3 GB after a 32-bit size that has overflowed: it is the maximum, or has wrapped. */
    @ParameterizedTest
    @ValueSource(longs = {0xFFFFFFFFL, 65_528L * 66_000 - (1L << 32)})
    void filesMayExceedMemoryAndThirtyTwoBits(long declaredSize) throws IOException {
        byte[] head = new WavBytes()
                .riff("RIFF", declaredSize)
                .format(3, 8_191, 1_000, 64)
                .dataOfDeclaredSize(declaredSize)
                .build();
        long length = head.length + 65_528L * 66_000;
        AudioDecoder decoder = new AudioDecoder(new AudioSettings(1_000, 0, 100, Long.MAX_VALUE));
        InputStream stream = new InputStream() {
            private long read;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] to, int from, int length) {
                Arrays.fill(to, from, from + length, (byte) 0);
                for (int i = 0; i < length && read + i < head.length; i++) {
                    to[from + i] = head[(int) (read + i)];
                }
                int count = read < head.length ? (int) Math.min(length, head.length - read) : length;
                read += count;
                return count;
            }
        };
        Tracks tracks = new Tracks();
        String note = declaredSize == 0xFFFFFFFFL
                ? ""
                : "the data chunk says that it has " + declaredSize + " bytes, which is wrong and was ignored";
        assertThat(decoder.decode(stream, length, "", Channels.MIX, tracks))
                .isEqualTo(Result.accepted(new SourceFormat("wav", 1_000, 8_191, 66, note)));
        assertThat(tracks.of(0)).hasSize(66_000);
    }

    private static int[] samples(int count, IntUnaryOperator value) {
        int[] bytes = new int[2 * count];
        for (int i = 0; i < count; i++) {
            bytes[2 * i] = value.applyAsInt(i) & 0xFF;
            bytes[2 * i + 1] = value.applyAsInt(i) >> 8;
        }
        return bytes;
    }

    /** Keeps everything. */
    private static class Tracks implements SampleConsumer {
        private final List<SampleCollector> samples = new ArrayList<>();

        @Override
        public void begin(int channels, long certain) {
            for (int i = 0; i < channels; i++) {
                samples.add(new SampleCollector());
            }
        }

        @Override
        public void accept(int channel, float[] more, int count) {
            samples.get(channel).accept(more, count);
        }

        float[] of(int channel) {
            return samples.get(channel).samples();
        }
    }

    /** Returns at most a piece at a time. */
    private static final class Pieces extends ByteArrayInputStream {
        private final int piece;

        Pieces(byte[] file, int piece) {
            super(file);
            this.piece = piece;
        }

        @Override
        public int read(byte[] to, int from, int length) {
            return super.read(to, from, Math.min(piece, length));
        }
    }

    /** Fails on the way. */
    private static final class Failing extends InputStream {
        private final byte[] file;
        private final int good;
        private final Exception failure;
        private int read;

        Failing(byte[] file, int good, Exception failure) {
            this.file = file;
            this.good = good;
            this.failure = failure;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            if (read == good) {
                if (failure instanceof IOException checked) {
                    throw checked;
                }
                throw (RuntimeException) failure;
            }
            int count = Math.min(length, good - read);
            System.arraycopy(file, read, to, from, count);
            read += count;
            return count;
        }
    }
}
