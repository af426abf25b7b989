package org.speechemotion.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.common.Rejection;
import org.speechemotion.common.Result;

class HostileAudioTest {

    private static final int MUTANTS = 500;

    /** A guard against hanging, far above the second or two it takes. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final AudioDecoder decoder = new AudioDecoder(AudioSettings.defaults());

    @ParameterizedTest
    @ValueSource(strings = {"sweep-11025.wav", "flac-16.flac", "flac-24.flac", "mp3-44100.mp3", "mp3-id3.mp3"})
    void everyMutantIsDecodedOrRejected(String name) {
        byte[] original = Fixtures.bytes(name);
        assertTimeoutPreemptively(PATIENCE, () -> {
            Set<String> reasons = new HashSet<>();
            int decoded = 0;
            for (long seed = 0; seed < MUTANTS; seed++) {
                Result<DecodedAudio> decoding = decoder.decode(AudioMutations.mutate(original, seed));
                if (decoding instanceof Result.Accepted<DecodedAudio> accepted) {
                    DecodedAudio audio = accepted.value();
                    assertSane(audio, seed);
                    decoded++;
                } else if (decoding instanceof Result.Rejected<DecodedAudio> rejected) {
                    Rejection rejection = rejected.rejection();
                    assertThat(rejection.message()).as("seed " + seed).isNotBlank();
                    reasons.add(rejection.code());
                }
            }
            assertThat(decoded).as("mutants that decode").isBetween(MUTANTS / 50, MUTANTS * 49 / 50);
            assertThat(reasons).hasSizeGreaterThanOrEqualTo(3);
        });
    }

    @Test
    void mutatesDeterministically() {
        byte[] original = Fixtures.bytes("flac-24.flac");
        byte[] untouched = original.clone();
        assertThat(AudioMutations.mutate(original, 7)).isEqualTo(AudioMutations.mutate(original, 7));
        assertThat(original).isEqualTo(untouched);
        assertThat(AudioMutations.mutate(original, 7)).isNotEqualTo(AudioMutations.mutate(original, 8));
    }

    private static void assertSane(DecodedAudio audio, long seed) {
        for (float sample : audio.waveform().samples()) {
            if (!(sample >= -1 && sample <= 1)) {
                throw new AssertionError("seed " + seed + ": sample " + sample);
            }
        }
        assertThat(audio.source().durationSeconds()).isBetween(0.1, 600.0);
        assertThat(audio.waveform().durationSeconds())
                .isBetween(
                        audio.source().durationSeconds() - 1e-9, audio.source().durationSeconds() + 1.0 / 16_000);
    }
}
