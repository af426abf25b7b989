package org.speechemotion.demo;

import java.util.List;
import org.speechemotion.random.KeyedRandom;

/**
 * A source–filter synthesiser: glottal pulses (Rosenberg 1971, differentiated) and aspiration noise pass through four
 * cascaded formant resonators (Klatt 1980). It uses {@link StrictMath}, so the samples are equal on every machine.
 */
final class DemoVoice {
    /** The interval between updates of pitch and formants, in samples. */
    private static final int STEP = DemoSettings.SAMPLE_RATE / 200;

    private static final double OPENING = 0.40; // share of a period during which the glottis opens
    private static final double CLOSING = 0.16;
    private static final double TREMOR_RATE = 9; // Hz
    private static final double NOISE_LEVEL = 1e-4; // background noise, full scale 1
    private static final double MEAN_LEVEL = 0.06; // root mean square, full scale 1
    private static final double PEAK = 0.95;

    private final DemoSpeaker speaker;
    private final DemoProsody prosody;
    private final List<Vowel> vowels;
    private final KeyedRandom random;

    DemoVoice(DemoSpeaker speaker, DemoProsody prosody, List<Vowel> vowels, KeyedRandom random) {
        this.speaker = speaker;
        this.prosody = prosody;
        this.vowels = vowels;
        this.random = random;
    }

    /** Returns the samples of one utterance, within [−0.95, 0.95]. */
    float[] speak() {
        int length = (int) (DemoSettings.SAMPLE_RATE
                * DemoSettings.DURATION_SECONDS
                / (speaker.rate() * Math.max(0.6, prosody.rate())));
        double[] samples = new double[length];
        Resonator[] formants = new Resonator[Vowel.FORMANTS];
        for (int i = 0; i < formants.length; i++) {
            formants[i] = new Resonator();
        }
        Glottis glottis = new Glottis();
        for (int n = 0; n < length; n++) {
            double time = (double) n / length;
            double syllable = time * vowels.size();
            if (n % STEP == 0) {
                glottis.frequency = pitch(time, syllable - Math.floor(syllable), (double) n / DemoSettings.SAMPLE_RATE);
                for (int i = 0; i < formants.length; i++) {
                    formants[i].tune(formant(i, syllable), Vowel.bandwidth(i));
                }
            }
            double sample = glottis.next() * loudness(syllable - Math.floor(syllable));
            for (Resonator formant : formants) {
                sample = formant.next(sample);
            }
            samples[n] = sample;
        }
        return levelled(samples);
    }

    private double pitch(double time, double timeInSyllable, double seconds) {
        double semitones = prosody.level()
                + prosody.range() * prosody.contour().at(time, timeInSyllable)
                - time // speech declines by about a semitone as breath runs out
                + prosody.tremor() * StrictMath.sin(2 * StrictMath.PI * TREMOR_RATE * seconds);
        return speaker.pitch() * StrictMath.pow(2, semitones / 12);
    }

    /** Returns a formant in Hz, which glides from the middle of one vowel to the middle of the next. */
    private double formant(int index, double syllable) {
        double position = Math.min(Math.max(syllable - 0.5, 0), vowels.size() - 1);
        int from = (int) position;
        int to = Math.min(from + 1, vowels.size() - 1);
        double start = vowels.get(from).formant(index);
        double end = vowels.get(to).formant(index);
        return speaker.formantScale() * (start + (position - from) * (end - start));
    }

    /** Returns the envelope of a syllable, which starts and ends with silence. */
    private double loudness(double timeInSyllable) {
        double voiced = (timeInSyllable - prosody.pause() / 2) / (1 - prosody.pause());
        return voiced <= 0 || voiced >= 1 ? 0 : StrictMath.sqrt(StrictMath.sin(StrictMath.PI * voiced));
    }

    private float[] levelled(double[] samples) {
        double power = 0;
        double peak = 0;
        for (double sample : samples) {
            power += sample * sample / samples.length;
            peak = Math.max(peak, Math.abs(sample));
        }
        double decibels = speaker.level() + prosody.energy();
        double gain = Math.min(
                MEAN_LEVEL * StrictMath.pow(10, decibels / 20) / StrictMath.sqrt(power),
                (PEAK - 10 * NOISE_LEVEL) / peak);
        float[] levelled = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            levelled[i] = (float) (gain * samples[i] + NOISE_LEVEL * random.nextGaussian());
        }
        return levelled;
    }

    /** The source: differentiated Rosenberg pulses under a low-pass that depends on the laxness of the voice, and breath. */
    private final class Glottis {
        /** The fundamental frequency in Hz. */
        private double frequency;

        private double phase; // of the period, [0, 1)
        private double stretch = 1;
        private double strength = 1;
        private boolean second;
        private double smoothed;
        private final double laxness =
                Math.min(0.95, Math.max(0, 0.55 - 0.4 * (prosody.brightness() + speaker.brightness())));

        double next() {
            phase += frequency * stretch / DemoSettings.SAMPLE_RATE;
            if (phase >= 1) {
                phase -= 1;
                beginPeriod();
            }
            smoothed += (1 - laxness) * (strength * pulse() - smoothed);
            double open = phase < OPENING + CLOSING ? 1 : 0.3;
            return smoothed + prosody.breath() * open * random.nextGaussian();
        }

        private void beginPeriod() {
            second = !second;
            stretch = Math.max(0.5, 1 + prosody.roughness() * random.nextGaussian());
            strength = Math.max(
                    0.2, 1 - (second ? 6 * prosody.roughness() : 0) + prosody.roughness() * random.nextGaussian());
        }

        private double pulse() {
            if (phase < OPENING) {
                return StrictMath.PI / (2 * OPENING) * StrictMath.sin(StrictMath.PI * phase / OPENING);
            }
            double closing = (phase - OPENING) / CLOSING;
            return closing < 1 ? -StrictMath.PI / (2 * CLOSING) * StrictMath.sin(StrictMath.PI / 2 * closing) : 0;
        }
    }

    /** The second-order digital resonator of Klatt. */
    private static final class Resonator {
        private double a;
        private double b;
        private double c;
        private double last;
        private double beforeLast;

        /** Sets frequency and bandwidth in Hz. */
        void tune(double frequency, double bandwidth) {
            double radius = StrictMath.exp(-StrictMath.PI * bandwidth / DemoSettings.SAMPLE_RATE);
            c = -radius * radius;
            b = 2 * radius * StrictMath.cos(2 * StrictMath.PI * frequency / DemoSettings.SAMPLE_RATE);
            a = 1 - b - c;
        }

        double next(double input) {
            double output = a * input + b * last + c * beforeLast;
            beforeLast = last;
            last = output;
            return output;
        }
    }
}
