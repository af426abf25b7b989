package org.speechemotion.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.common.Rejection;

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

    /** The encoder's padding, of at most two frames, is cut off whole files only. */
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
        // The tone is at -6 dB, and LAME 3.100 multiplies its input by 0.95.
        assertThat(Tone.decibels(tone.amplitude() / 0.95)).isCloseTo(-6, within(0.05));
        assertThat(tone.phase() / (2 * Math.PI * 440) * sampleRate)
                .as("delay in samples")
                .isCloseTo(0, within(0.3));
        assertThat(tone.signalToNoise()).isGreaterThan(25);
    }

    @Test
    void keepsTheDelayWithoutATag() {
        float[] tagged = audio(Fixtures.unlimited(16_000), Fixtures.bytes("mp3-16000.mp3"))
                .waveform()
                .samples();
        DecodedAudio audio = audio(Fixtures.unlimited(16_000), Fixtures.bytes("mp3-id3.mp3"));
        float[] untagged = audio.waveform().samples();
        assertThat(untagged.length % 576).isZero();
        assertThat(audio.source().channels()).isEqualTo(1);
        int delay = 576 + DECODER_DELAY;
        int compared = Math.min(tagged.length, untagged.length - delay) - 100;
        assertThat(Arrays.copyOfRange(untagged, delay, delay + compared))
                .containsExactly(Arrays.copyOf(tagged, compared), within(0.02f));
    }

    @Test
    void skipsJunkBetweenFramesAndTrailingTags() {
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

    /** Joined files of MPEG 1, 2 and 2.5, mono and stereo, and of one format. */
    @ParameterizedTest
    @CsvSource({
        "mp3-44100.mp3, mp3-16000.mp3",
        "mp3-16000.mp3, mp3-44100.mp3",
        "mp3-16000.mp3, mp3-8000.mp3",
        "mp3-8000.mp3, mp3-44100.mp3",
        "mp3-16000.mp3, mp3-16000.mp3",
        "mp3-16000.mp3, mp3-id3.mp3"
    })
    void readsFollowingFiles(String one, String other) {
        AudioDecoder decoder = new AudioDecoder(AudioSettings.defaults());
        DecodedAudio first = audio(decoder, Fixtures.bytes(one));
        DecodedAudio second = audio(decoder, Fixtures.bytes(other));
        DecodedAudio joined = audio(decoder, join(Fixtures.bytes(one), Fixtures.bytes(other)));
        boolean same = first.source().sampleRate() == second.source().sampleRate();
        float[] expected = join(first.waveform().samples(), second.waveform().samples());
        if (other.equals("mp3-id3.mp3")) {
            // Without a tag it continues the frames before it, which end in padding.
            assertThat(joined.waveform().samples().length).isGreaterThanOrEqualTo(expected.length);
        } else {
            assertThat(joined.waveform().samples()).containsExactly(expected, within(same ? 1e-3f : 0));
        }
        assertThat(joined.source().note())
                .matches(same ? "|the header counts .*" : "the format changes at 0.120 s, .*");
    }

    @Test
    void readsFramesAfterJunkOrACutFrame() {
        byte[] file = Fixtures.bytes("mp3-16000.mp3");
        DecodedAudio whole = audio(Fixtures.unlimited(16_000), file);
        for (byte[] before : new byte[][] {new byte[2_000], junk(1_500), Arrays.copyOfRange(file, 400, 576)}) {
            DecodedAudio found = audio(Fixtures.unlimited(16_000), join(before, file));
            assertThat(found.waveform().samples())
                    .containsExactly(whole.waveform().samples());
            assertThat(found.source().note()).isEqualTo(before.length + " bytes before the audio were skipped");
        }
        // Cut within the tag's frame: the delay is not known any more.
        byte[] untagged = Fixtures.bytes("mp3-id3.mp3");
        int start = Fixtures.behindTags(untagged);
        float[] all = audio(Fixtures.unlimited(16_000), untagged).waveform().samples();
        float[] cut = audio(Fixtures.unlimited(16_000), Arrays.copyOfRange(untagged, start + 100, untagged.length))
                .waveform()
                .samples();
        assertThat(cut).hasSize(all.length - 576);
        // The frames after it depend on the lost data.
        int lost = 3 * 576;
        assertThat(Arrays.copyOfRange(cut, lost, cut.length))
                .containsExactly(Arrays.copyOfRange(all, lost + 576, all.length), within(1e-3f));
    }

    @Test
    void skipsTagsAndShortJunk() {
        byte[] file = Fixtures.bytes("mp3-id3.mp3");
        float[] whole = audio(Fixtures.unlimited(16_000), file).waveform().samples();
        byte[] id3 = join(new byte[] {'I', 'D', '3', 4, 0, 0, 0, 0, 1, 0}, new byte[128]);
        int second = Fixtures.behindTags(file) + 288;
        byte[] tagged = join(join(Arrays.copyOf(file, second), id3), Arrays.copyOfRange(file, second, file.length));
        assertNote(tagged, whole, "");
        assertNote(join(file, id3), whole, "");
        assertNote(join(file, new byte[9_000]), whole, "9000 bytes of zeros after the audio were skipped");
        assertNote(join(file, junk(1_000)), whole, "1000 bytes that are neither audio nor a tag were skipped");
        assertNote(
                Arrays.copyOf(file, file.length - 10),
                Arrays.copyOf(whole, whole.length - 576),
                "the file is cut short within its last MP3 frame");
    }

    @Test
    void rejectsPartialFiles() {
        byte[] file = Fixtures.bytes("mp3-16000.mp3");
        byte[] layerTwo = new byte[4 * 417];
        for (int frame = 0; frame < 4; frame++) {
            // 128 kbit/s at 44.1 kHz.
            System.arraycopy(new byte[] {(byte) 0xFF, (byte) 0xFD, (byte) 0x80, 0}, 0, layerTwo, frame * 417, 4);
        }
        assertRejected(join(file, layerTwo), "mp3: the audio is MPEG layer II from byte " + file.length + " on");
        assertRejected(
                join(file, Fixtures.bytes("sweep-11025.wav")),
                "mp3: another recording begins at byte " + file.length + ", WAV");
        assertRejected(join(file, junk(20_000)), "mp3: 20000 of the file's");
        assertRejected(join(join(file, new byte[20_000]), file), "mp3: 20000 of the file's");
    }

    @Test
    void countsFramesItself() {
        byte[] file = Fixtures.bytes("mp3-16000.mp3");
        int audio = audio(Fixtures.unlimited(16_000), file).waveform().samples().length;
        for (int counted : new int[] {2, 5_000}) {
            byte[] wrong = file.clone();
            ByteBuffer.wrap(wrong).putInt(4 + 9 + 8, counted);
            DecodedAudio found = audio(Fixtures.unlimited(16_000), wrong);
            // The padding cannot be recognised then.
            assertThat(found.waveform().samples().length).isBetween(audio, audio + 2 * 576);
            assertThat(found.source().note())
                    .startsWith("the header counts " + counted + " MP3 frames, but there are ");
        }
    }

    private static void assertNote(byte[] file, float[] samples, String note) {
        DecodedAudio found = audio(Fixtures.unlimited(16_000), file);
        assertThat(found.waveform().samples()).containsExactly(samples);
        assertThat(found.source().note()).isEqualTo(note);
    }

    private static void assertRejected(byte[] file, String message) {
        rejection(Fixtures.unlimited(16_000), file)
                .extracting(Rejection::message)
                .asString()
                .startsWith(message);
    }

    private static byte[] junk(int length) {
        byte[] junk = new byte[length];
        Arrays.fill(junk, (byte) 0x5A);
        return junk;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static float[] join(float[] first, float[] second) {
        float[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    @Test
    void errorsNameTheFault() {
        byte[] layerTwo = {(byte) 0xFF, (byte) 0xFD, (byte) 0x90, 0, 0, 0, 0, 0};
        rejection(Fixtures.withoutFfmpeg(16_000), layerTwo)
                .isEqualTo(RejectionReason.UNSUPPORTED.rejection(
                        "mp3: the audio at byte 0 is MPEG layer I or II, or of a free format; allowed: layer III"));
        byte[] onlyTag = {'I', 'D', '3', 4, 0, 0, 0, 0, 0, 2, 0, 0};
        rejection(Fixtures.unlimited(16_000), onlyTag)
                .isEqualTo(RejectionReason.UNREADABLE.rejection(
                        "mp3: there is no whole frame of MPEG layer III from byte 12 to 12"));
    }
}
