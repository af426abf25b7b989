package org.speechemotion.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Mp3ReaderTest extends ContainerContract {

    private static final int DECODER_DELAY = 529;

    @Override
    byte[] sample() {
        return Fixtures.bytes("mp3-44100.mp3");
    }

    @Override
    SourceFormat sampleFormat() {
        return new SourceFormat("mp3", 44_100, 2, 0.12);
    }

    /** Only a whole file still has the encoder's padding, of at most two frames, to cut off. */
    @Override
    int longestCut(int whole) {
        return whole + 2 * 1152;
    }

    @Test
    void agreesWithLame() {
        AudioDecoder decoder = Fixtures.unlimited(44_100);
        float[] expected =
                audio(decoder, Fixtures.bytes("mp3-44100.wav")).waveform().samples();
        // LAME rounds to 16 bits.
        assertThat(audio(decoder, sample()).waveform().samples()).containsExactly(expected, within(1.5f / 32768));
    }

    @ParameterizedTest
    @CsvSource({"mp3-44100.mp3, 44100", "mp3-16000.mp3, 16000", "mp3-8000.mp3, 8000"})
    void cutsOffTheDelayAndPaddingOfEveryVersion(String name, int sampleRate) {
        float[] samples = audio(Fixtures.unlimited(sampleRate), Fixtures.bytes(name))
                .waveform()
                .samples();
        assertThat(samples).hasSize(sampleRate * 12 / 100);
        Tone tone = Tone.fit(samples, samples.length / 4, samples.length * 3 / 4, 440, sampleRate);
        // The tone is at -6 dB, and LAME 3.100 multiplies what it encodes by 0.95.
        assertThat(Tone.decibels(tone.amplitude() / 0.95)).isCloseTo(-6, within(0.05));
        assertThat(tone.phase() / (2 * Math.PI * 440) * sampleRate)
                .as("delay in samples")
                .isCloseTo(0, within(0.3));
        assertThat(tone.signalToNoise()).isGreaterThan(25);
    }

    @Test
    void leavesTheDelayWhereNoTagTellsIt() {
        float[] tagged = audio(Fixtures.unlimited(16_000), Fixtures.bytes("mp3-16000.mp3"))
                .waveform()
                .samples();
        Decoding.Audio audio = audio(Fixtures.unlimited(16_000), Fixtures.bytes("mp3-id3.mp3"));
        float[] untagged = audio.waveform().samples();
        assertThat(untagged.length % 576).isZero();
        assertThat(audio.source().channels()).isEqualTo(1);
        int delay = 576 + DECODER_DELAY;
        int compared = Math.min(tagged.length, untagged.length - delay) - 100;
        assertThat(Arrays.copyOfRange(untagged, delay, delay + compared))
                .containsExactly(Arrays.copyOf(tagged, compared), within(0.02f));
    }

    @Test
    void leavesOutJunkBetweenFramesAndTagsAfterThem() {
        byte[] file = Fixtures.bytes("mp3-id3.mp3");
        int start = Fixtures.behindTags(file);
        int second = start + 288;
        ByteArrayOutputStream dirty = new ByteArrayOutputStream();
        dirty.write(file, 0, second);
        dirty.writeBytes(new byte[] {1, 2, (byte) 0xFF, (byte) 0xF3, 0x10, 0, 7, 8, 9});
        dirty.write(file, second, file.length - second);
        dirty.writeBytes(Arrays.copyOf(new byte[] {'T', 'A', 'G'}, 128));
        assertThat(audio(Fixtures.unlimited(16_000), dirty.toByteArray())
                        .waveform()
                        .samples())
                .containsExactly(
                        audio(Fixtures.unlimited(16_000), file).waveform().samples());
    }

    @Test
    void saysWhatIsWrong() {
        byte[] layerTwo = {(byte) 0xFF, (byte) 0xFD, (byte) 0x90, 0, 0, 0, 0, 0};
        rejection(Fixtures.unlimited(16_000), layerTwo)
                .isEqualTo(new Decoding.Rejection(
                        RejectionReason.UNSUPPORTED,
                        "mp3: the audio at byte 0 is MPEG layer I or II, or of a free format: must be layer III"));
        byte[] onlyTag = {'I', 'D', '3', 4, 0, 0, 0, 0, 0, 2, 0, 0};
        rejection(Fixtures.unlimited(16_000), onlyTag)
                .isEqualTo(new Decoding.Rejection(
                        RejectionReason.UNREADABLE,
                        "mp3: there is no whole frame of MPEG layer III from byte 12 to 12"));
    }
}
