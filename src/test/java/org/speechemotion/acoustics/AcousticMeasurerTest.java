package org.speechemotion.acoustics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.demo.DemoCorpus;
import org.speechemotion.demo.DemoSpeaker;

class AcousticMeasurerTest {
    private static final int RATE = 16_000;

    @Test
    void measuresTheLevelPitchAndShareOfAToneInNoise() {
        Random random = new Random(1);
        float[] samples = new float[4 * RATE];
        for (int i = 0; i < samples.length; i++) {
            // A tone of 200 Hz with two harmonics for half of the time: -20 dBFS over noise of -60 dBFS.
            double time = (double) i / RATE;
            double tone = Math.sin(2 * Math.PI * 200 * time)
                    + Math.sin(2 * Math.PI * 400 * time)
                    + Math.sin(2 * Math.PI * 600 * time);
            samples[i] =
                    (float) (0.001 * random.nextGaussian() + (i % RATE < RATE / 2 ? 0.1 * tone / Math.sqrt(1.5) : 0));
        }
        AcousticProfile profile = AcousticMeasurer.measure(samples, RATE);
        assertThat(value(profile, AcousticProperty.LEVEL)).isCloseTo(-20, within(0.1));
        assertThat(value(profile, AcousticProperty.SIGNAL_TO_NOISE)).isCloseTo(40, within(1.0));
        assertThat(value(profile, AcousticProperty.SPEECH_SHARE)).isCloseTo(0.5, within(0.01));
        assertThat(value(profile, AcousticProperty.PITCH)).isCloseTo(200, within(1.0));
        assertThat(value(profile, AcousticProperty.DURATION)).isEqualTo(4);
    }

    @Test
    void measuresTheBandwidth() {
        Random random = new Random(2);
        float[] noise = new float[2 * RATE];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) (0.1 * random.nextGaussian());
        }
        assertThat(value(AcousticMeasurer.measure(noise, RATE), AcousticProperty.BANDWIDTH))
                .isGreaterThan(7_900);
        // A moving average of a moving average is no sharp filter, so a sum of tones up to 3400 Hz represents a
        // telephone.
        float[] telephone = new float[2 * RATE];
        for (int hertz = 300; hertz <= 3_400; hertz += 100) {
            for (int i = 0; i < telephone.length; i++) {
                telephone[i] += (float) (0.01 * Math.sin(2 * Math.PI * hertz * i / RATE + hertz));
            }
        }
        assertThat(value(AcousticMeasurer.measure(telephone, RATE), AcousticProperty.BANDWIDTH))
                .isCloseTo(3_400, within(150.0));
    }

    @Test
    void aRoomLengthensTheReverberationTime() {
        float[] dry = speech();
        double none = value(AcousticMeasurer.measure(dry, RATE), AcousticProperty.REVERBERATION);
        double some = value(AcousticMeasurer.measure(inRoom(dry, 0.4), RATE), AcousticProperty.REVERBERATION);
        double much = value(AcousticMeasurer.measure(inRoom(dry, 1.2), RATE), AcousticProperty.REVERBERATION);
        assertThat(none).isLessThan(some);
        assertThat(some).isLessThan(much).isBetween(0.15, 0.5);
        assertThat(much).isBetween(0.4, 1.4);
    }

    @Test
    void gainChangesOnlyTheLevel() {
        float[] samples = speech();
        AcousticProfile profile = AcousticMeasurer.measure(samples, RATE);
        float[] quiet = new float[samples.length];
        for (int i = 0; i < quiet.length; i++) {
            quiet[i] = samples[i] / 10;
        }
        AcousticProfile other = AcousticMeasurer.measure(quiet, RATE);
        assertThat(value(other, AcousticProperty.LEVEL))
                .isCloseTo(value(profile, AcousticProperty.LEVEL) - 20, within(0.5));
        for (AcousticProperty property : AcousticProperty.values()) {
            if (property != AcousticProperty.LEVEL && property != AcousticProperty.SIGNAL_TO_NOISE) {
                assertThat(value(other, property))
                        .as(property.id())
                        .isCloseTo(value(profile, property), within(0.05 * value(profile, property)));
            }
        }
    }

    @Test
    void theSizesOfPiecesDoNotMatter() {
        float[] samples = speech();
        AcousticMeasurer measurer = new AcousticMeasurer(RATE);
        float[] buffer = new float[700];
        for (int from = 0; from < samples.length; from += buffer.length) {
            int count = Math.min(buffer.length, samples.length - from);
            System.arraycopy(samples, from, buffer, 0, count);
            measurer.accept(buffer, count);
        }
        assertThat(measurer.finish().values())
                .isEqualTo(AcousticMeasurer.measure(samples, RATE).values());
    }

    @Test
    void silenceHasNoAcousticProperties() {
        assertThat(AcousticMeasurer.measure(new float[RATE], RATE).values())
                .containsOnlyKeys(AcousticProperty.DURATION, AcousticProperty.SPEECH_SHARE);
        assertThat(AcousticMeasurer.measure(new float[0], RATE).values().get(AcousticProperty.DURATION))
                .isZero();
    }

    private static double value(AcousticProfile profile, AcousticProperty property) {
        return profile.value(property).orElseThrow();
    }

    /** Three utterances with pauses of half a second. */
    private static float[] speech() {
        float[] samples = new float[6 * RATE];
        int at = 0;
        for (Emotion emotion : new Emotion[] {Emotion.ANGRY, Emotion.HAPPY, Emotion.NEUTRAL}) {
            float[] one = DemoCorpus.utterance(DemoSpeaker.of(1, 7), emotion, 1, 1, 7);
            System.arraycopy(one, 0, samples, at, one.length);
            at += one.length + RATE / 2;
        }
        float[] cut = new float[at];
        System.arraycopy(samples, 0, cut, 0, at);
        Random random = new Random(3);
        for (int i = 0; i < cut.length; i++) {
            cut[i] += (float) (1e-3 * random.nextGaussian());
        }
        return cut;
    }

    /** Adds a tail of noise that decays by 60 dB in the reverberation time, as strong as the direct sound. */
    private static float[] inRoom(float[] dry, double seconds) {
        Random random = new Random(4);
        int taps = (int) (seconds * RATE / 2);
        float[] tail = new float[taps];
        double energy = 0;
        for (int i = 0; i < taps; i++) {
            double envelope = Math.pow(10, -3 * i / (seconds * RATE));
            tail[i] = (float) (envelope * random.nextGaussian());
            energy += (double) tail[i] * tail[i];
        }
        float[] wet = dry.clone();
        for (int i = 0; i < dry.length; i++) {
            for (int tap = 1; tap < Math.min(taps, dry.length - i); tap++) {
                wet[i + tap] += (float) (dry[i] * tail[tap] / Math.sqrt(energy));
            }
        }
        return wet;
    }
}
