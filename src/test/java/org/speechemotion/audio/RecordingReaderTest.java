package org.speechemotion.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordingReaderTest {
    private static final AudioDecoder DECODER = new AudioDecoder(new AudioSettings(8000, 0.1, 10, 100_000));

    /** {@code printf abc | sha256sum}. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void hashesWhatIsRejectedToo() {
        assertThat(read((path, most) -> new byte[] {'a', 'b', 'c'}).sha256()).contains(ABC);
    }

    @Test
    void hashesWhatIsBehindTheAudio() {
        byte[] wav = WavWriter.write(new Waveform(new float[1600], 8000));
        byte[] longer = Arrays.copyOf(wav, 99_000);
        RecordingReader.Reading first = read((path, most) -> wav);
        RecordingReader.Reading second = read((path, most) -> longer);
        assertThat(first.outcome()).isEqualTo(second.outcome()).isInstanceOf(Streamed.Whole.class);
        assertThat(first.sha256()).isPresent().isNotEqualTo(second.sha256());
    }

    @Test
    void whatCannotBeReadIsARejectionWithoutAHash() {
        assertThat(read((path, most) -> {
                    throw new IOException("the disk\nis on fire");
                }))
                .isEqualTo(new RecordingReader.Reading(
                        new Decoding.Rejection(RejectionReason.UNREADABLE, "could not be read: the disk"),
                        Optional.empty()));
        assertThat(read(new Shrinking()).outcome())
                .isEqualTo(new Decoding.Rejection(
                        RejectionReason.UNREADABLE, "could not be read: the stream ends at byte 3 of 4"));
    }

    @Test
    void whatTheConsumerThrowsIsNoFaultOfTheFile() {
        byte[] wav = WavWriter.write(new Waveform(new float[1600], 8000));
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> new RecordingReader((path, most) -> wav, DECODER, Channels.MIX)
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

    private static RecordingReader.Reading read(AudioSource source) {
        SampleCollector ignored = new SampleCollector();
        return new RecordingReader(source, DECODER, Channels.MIX).read("clip.wav", ignored);
    }

    /** A file that is cut while it is read. */
    private static final class Shrinking implements AudioSource {
        @Override
        public byte[] read(String path, long most) {
            throw new AssertionError("read whole");
        }

        @Override
        public Opened open(String path, long most) {
            return new Opened(new ByteArrayInputStream(new byte[] {'a', 'b', 'c'}), 4);
        }
    }
}
