package org.speechemotion.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.demo.DemoCorpus;
import org.speechemotion.demo.DemoSpeaker;

class ProsodyEncoderTest extends EncoderContract {
    private static final int RATE = 16_000;

    @Override
    protected Encoder open() {
        return Encoders.open(EncoderSettings.of("prosody", RATE, LogMelSettings.defaults()));
    }

    @Override
    protected List<Encoder> openOthers() {
        ProsodySettings defaults = ProsodySettings.defaults();
        return List.of(
                new ProsodyEncoder(defaults.withBands(0), RATE),
                new ProsodyEncoder(defaults.withFloor(60), RATE),
                new ProsodyEncoder(defaults.withSpeech(0), RATE),
                new ProsodyEncoder(defaults.withPitch(75, 500), RATE),
                new ProsodyEncoder(defaults.withPitch(60, 400), RATE),
                new ProsodyEncoder(defaults, 22_050));
    }

    @Test
    void theRangesOfTheValuesAreKnown() {
        Frames frames = encode(voice());
        assertThat(frames.width()).isEqualTo(12);
        for (int i = 0; i < frames.time(); i++) {
            assertThat(frames.values()[12 * i]).isBetween(-4.5f, 4.5f);
            assertThat(frames.values()[12 * i + 1]).isBetween(-1f, 1f);
            assertThat(frames.values()[12 * i + 2]).isBetween(-4.5f, 1.5f);
            assertThat(frames.values()[12 * i + 3]).isBetween(-3f, 3f);
        }
        float[] mean = frames.mean();
        assertThat(Arrays.copyOfRange(mean, 4, 12)).containsExactly(new float[8], within(1e-4f));
    }

    @Test
    void withoutBandsTheProsodyIsTheSame() {
        try (Encoder encoder = open();
                Encoder alone = new ProsodyEncoder(ProsodySettings.defaults().withBands(0), RATE)) {
            Frames both = encoder.encode(List.of(voice())).get(0);
            Frames prosody = alone.encode(List.of(voice())).get(0);
            assertThat(alone.width()).isEqualTo(alone.prosodyWidth()).isEqualTo(encoder.prosodyWidth());
            assertThat(prosody.time()).isEqualTo(both.time());
            for (int i = 0; i < both.time(); i++) {
                assertThat(Arrays.copyOfRange(prosody.values(), 4 * i, 4 * i + 4))
                        .containsExactly(Arrays.copyOfRange(both.values(), 12 * i, 12 * i + 4), within(1e-6f));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-20, 20})
    void theGainDoesNotMatter(double decibels) {
        float[] voice = voice();
        float[] other = voice.clone();
        for (int i = 0; i < other.length; i++) {
            other[i] *= (float) Math.pow(10, decibels / 20);
        }
        assertThat(encode(other).values()).containsExactly(encode(voice).values(), within(2e-3f));
    }

    @Test
    void silenceBeforeAndAfterDoesNotMatter() {
        float[] voice = voice();
        float[] longer = new float[voice.length + 4 * RATE];
        System.arraycopy(voice, 0, longer, 2 * RATE, voice.length);
        Frames frames = encode(voice);
        Frames padded = encode(longer);
        assertThat(padded.time()).isEqualTo(frames.time());
        assertThat(padded.values()).containsExactly(frames.values(), within(1e-5f));
    }

    @Test
    void quietNoiseBeforeAndAfterIsNoSpeech() {
        SplittableRandom random = new SplittableRandom(1);
        float[] voice = voice();
        float[] longer = new float[voice.length + 4 * RATE];
        System.arraycopy(voice, 0, longer, 2 * RATE, voice.length);
        for (int i = 0; i < longer.length; i++) {
            longer[i] += (float) random.nextGaussian(0, 0.004);
        }
        assertThat(encode(longer).time())
                .isBetween(encode(voice).time() / 2, encode(voice).time() + 10);
    }

    @Test
    void settingsOutsideTheirRangeAreErrors() {
        ProsodySettings defaults = ProsodySettings.defaults();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withBands(17))
                .withMessage("bands is 17; allowed: 0 to 16");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withFloor(0))
                .withMessageContaining("floor-decibels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withSpeech(Double.NaN))
                .withMessageContaining("speech-decibels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withPitch(300, 200))
                .withMessageContaining("lowest-pitch-hertz is 300.0");
    }

    private Frames encode(float[] waveform) {
        try (Encoder encoder = open()) {
            return encoder.encode(List.of(waveform)).get(0);
        }
    }

    private static float[] voice() {
        return DemoCorpus.utterance(DemoSpeaker.of(1, 7), Emotion.HAPPY, 1, 1, 7);
    }
}
