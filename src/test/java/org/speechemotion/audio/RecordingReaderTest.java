package org.speechemotion.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.speechemotion.common.Result;
import org.speechemotion.common.Sha256;

class RecordingReaderTest {
    private static final AudioDecoder DECODER = new AudioDecoder(new AudioSettings(8000, 0.1, 10, 100_000));

    /** {@code printf abc | sha256sum}. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void hashesRejectedFiles() {
        assertThat(read((path, maxBytes) -> new byte[] {'a', 'b', 'c'}).sha256())
                .contains(ABC);
    }

    @Test
    void hashesTheBytesAfterTheAudio() {
        byte[] wav = WavWriter.write(new Waveform(new float[1600], 8000));
        byte[] longer = Arrays.copyOf(wav, wav.length + 8);
        Reading first = read((path, maxBytes) -> wav);
        Reading second = read((path, maxBytes) -> longer);
        assertThat(result(first)).isEqualTo(result(second)).isInstanceOf(Result.Accepted.class);
        assertThat(first.sha256()).isPresent().isNotEqualTo(second.sha256());
    }

    @Test
    void unreadableFilesAreRejectedWithoutAHash() {
        assertThat(read((path, maxBytes) -> {
                    throw new IOException("the disk\nis on fire");
                }))
                .isEqualTo(new Reading.Decoded(
                        Result.rejected(RejectionReason.UNREADABLE.rejection("could not be read: the disk")),
                        Optional.empty()));
        assertThat(result(read(new Shrinking())))
                .isEqualTo(Result.rejected(
                        RejectionReason.UNREADABLE.rejection("could not be read: the stream ends at byte 3 of 4")));
    }

    @Test
    void exceptionsOfTheConsumerAreNoRejections() {
        byte[] wav = WavWriter.write(new Waveform(new float[1600], 8000));
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> new RecordingReader<>((AudioSource) (path, maxBytes) -> wav, DECODER, Channels.MIX)
                        .read("clip.wav", new SampleConsumer() {
                            @Override
                            public void begin(int channels, long certain) {
                                throw new ArithmeticException();
                            }

                            @Override
                            public void accept(int channel, float[] samples, int count) {
                                throw new AssertionError("never begun");
                            }
                        }));
    }

    @Test
    void knownContentIsNotDecoded() {
        byte[] wav = WavWriter.write(new Waveform(new float[1600], 8000));
        String content = Sha256.of(wav);
        Reading plain = read((path, maxBytes) -> wav);
        AtomicInteger opened = new AtomicInteger();

        assertThat(read(counting(wav, opened), new Seen(wav.length, content), new Untouched()))
                .isEqualTo(new Reading.Duplicate(content));
        // Another content of that size is decoded out of memory.
        assertThat(read(counting(wav, opened), new Seen(wav.length, "other"), new SampleCollector()))
                .isEqualTo(plain);
        assertThat(opened).hasValue(2);
        // Of another size it is not even hashed before.
        assertThat(read(counting(wav, opened), new Seen(wav.length - 1, content), new SampleCollector()))
                .isEqualTo(plain);
        assertThat(opened).hasValue(3);
    }

    @Test
    void largeFilesOfAKnownSizeAreReadTwice() {
        byte[] wav = WavWriter.write(new Waveform(new float[9 << 20], 48_000));
        AtomicInteger opened = new AtomicInteger();

        assertThat(read(counting(wav, opened), new Seen(wav.length, Sha256.of(wav)), new Untouched()))
                .isEqualTo(new Reading.Duplicate(Sha256.of(wav)));
        assertThat(opened).hasValue(1);
        SampleCollector collector = new SampleCollector();
        Reading reading = read(counting(wav, opened), new Seen(wav.length, "other"), collector);
        assertThat(result(reading)).isInstanceOf(Result.Accepted.class);
        assertThat(reading.sha256()).contains(Sha256.of(wav));
        assertThat(collector.samples()).hasSize((9 << 20) / 6);
        assertThat(opened).hasValue(3);
    }

    private static Result<SourceFormat> result(Reading reading) {
        return ((Reading.Decoded) reading).result();
    }

    private static AudioSource counting(byte[] file, AtomicInteger opened) {
        return (path, maxBytes) -> {
            opened.incrementAndGet();
            return file;
        };
    }

    private static Reading read(AudioSource source, DuplicateFilter seen, SampleConsumer consumer) {
        AudioDecoder decoder = new AudioDecoder(new AudioSettings(8000, 0.1, 300, 1 << 26));
        return new RecordingReader<>(source, decoder, Channels.MIX, seen).read("clip.wav", consumer);
    }

    private record Seen(long bytes, String sha256) implements DuplicateFilter {
        @Override
        public boolean mightContainSize(long size) {
            return size == bytes;
        }

        @Override
        public boolean mightContain(String content) {
            return content.equals(sha256);
        }
    }

    private static final class Untouched implements SampleConsumer {
        @Override
        public void begin(int channels, long certain) {
            throw new AssertionError("decoded");
        }

        @Override
        public void accept(int channel, float[] samples, int count) {
            throw new AssertionError("decoded");
        }
    }

    private static Reading read(AudioSource source) {
        SampleCollector ignored = new SampleCollector();
        return new RecordingReader<>(source, DECODER, Channels.MIX).read("clip.wav", ignored);
    }

    /** A file that is cut while it is read. */
    private static final class Shrinking implements AudioSource {
        @Override
        public byte[] read(String path, long maxBytes) {
            throw new AssertionError("read whole");
        }

        @Override
        public Opened open(String path, long maxBytes) {
            return new Opened(new ByteArrayInputStream(new byte[] {'a', 'b', 'c'}), 4);
        }
    }
}
