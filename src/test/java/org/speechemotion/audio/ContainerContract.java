package org.speechemotion.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.Test;
import org.speechemotion.common.Rejection;
import org.speechemotion.common.Result;

/** The contract of {@link AudioDecoder} for every format. */
abstract class ContainerContract {

    /** A well-formed file of 0.1 s or more. */
    abstract byte[] sample();

    /** Returns the expected properties of that file. */
    abstract SourceFormat sampleFormat();

    @Test
    void decodesToMonoAtTheDecodersRate() {
        DecodedAudio audio = audio(new AudioDecoder(AudioSettings.defaults()), sample());
        assertThat(audio.source()).isEqualTo(sampleFormat());
        assertThat(audio.waveform().sampleRate()).isEqualTo(16_000);
        assertThat(audio.waveform().samples())
                .hasSize((int) Math.ceil(sampleFormat().durationSeconds() * 16_000 - 1e-6));
    }

    @Test
    void rejectsTooShortClips() {
        double minimum = sampleFormat().durationSeconds() + 0.5;
        rejection(new AudioDecoder(new AudioSettings(16_000, minimum, 600, 1 << 20)), sample())
                .returns(RejectionReason.TOO_SHORT.code(), Rejection::code)
                .extracting(Rejection::message)
                .asString()
                .startsWith(sampleFormat().container() + ": the duration is 0.")
                .endsWith(" s; allowed: at least " + minimum + " s");
    }

    @Test
    void rejectsTooLongClips() {
        rejection(new AudioDecoder(new AudioSettings(16_000, 0, 0.1, 1 << 20)), sample())
                .returns(RejectionReason.TOO_LONG.code(), Rejection::code)
                .extracting(Rejection::message)
                .asString()
                .startsWith(sampleFormat().container() + ": the duration is at least 0.")
                .endsWith("allowed: at most 0.1 s");
    }

    @Test
    void rejectsAFileLargerThanTheMaximum() {
        byte[] file = sample();
        rejection(new AudioDecoder(new AudioSettings(16_000, 0, 600, 100)), file)
                .isEqualTo(RejectionReason.TOO_LONG.rejection(
                        "the file has " + file.length + " bytes; allowed: at most 100"));
    }

    @Test
    void decodesTheSamplesBeforeACut() {
        AudioDecoder decoder = Fixtures.unlimited(sampleFormat().sampleRate());
        byte[] file = sample();
        float[] whole = audio(decoder, file).waveform().samples();
        int decoded = 0;
        for (int length = file.length; length > 0; length -= Math.max(1, file.length / 97)) {
            Result<DecodedAudio> decoding = decoder.decode(Arrays.copyOf(file, length));
            if (decoding instanceof Result.Accepted<DecodedAudio> accepted) {
                float[] part = accepted.value().waveform().samples();
                assertThat(part.length).isLessThanOrEqualTo(longestCut(whole.length));
                int compared = Math.min(part.length, whole.length);
                assertThat(Arrays.copyOf(part, compared)).containsExactly(Arrays.copyOf(whole, compared));
                decoded++;
            } else if (decoding instanceof Result.Rejected<DecodedAudio> rejected) {
                assertThat(rejected.rejection().message()).isNotBlank();
            }
        }
        assertThat(decoded).isGreaterThan(20);
    }

    /** Returns the maximum duration of a cut file, given the duration of the whole. */
    int longestCut(int whole) {
        return whole;
    }

    @Test
    void printsNothing() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(capture);
            System.setErr(capture);
            AudioDecoder decoder = new AudioDecoder(AudioSettings.defaults());
            for (int seed = 0; seed < 100; seed++) {
                decoder.decode(AudioMutations.mutate(sample(), seed));
            }
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    static DecodedAudio audio(AudioDecoder decoder, byte[] file) {
        Result<DecodedAudio> decoding = decoder.decode(file);
        return decoding.orElseThrow();
    }

    static ObjectAssert<Rejection> rejection(AudioDecoder decoder, byte[] file) {
        return assertThat(decoder.decode(file).<Rejection>fold(audio -> null, found -> found))
                .isNotNull();
    }
}
