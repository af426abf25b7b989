package org.speechemotion.augment;

import com.google.auto.service.AutoService;
import java.util.Arrays;
import java.util.Locale;
import org.speechemotion.audio.Waveform;
import org.speechemotion.random.KeyedRandom;

/**
 * Adds synthetic noise whose power density falls with a power of the frequency, 1/f^α, at a signal-to-noise ratio: white
 * for an exponent of 0, pink for 1, brown for 2. It stands for the noise of traffic, fans and crowds where there are no
 * recordings for {@link BackgroundNoise}. White noise is integrated fractionally (Kasdin, "Discrete simulation of colored
 * noise and stochastic processes and 1/f^α power law noise generation", Proceedings of the IEEE 83, 1995).
 *
 * @param lowestSignalToNoise the lower bound of the ratio of mean powers over the clip, drawn uniformly, in dB
 * @param highestSignalToNoise the upper bound of the ratio, in dB
 * @param lowestExponent the lower bound of α, drawn uniformly
 * @param highestExponent the upper bound of α
 */
public record ColoredNoise(
        double lowestSignalToNoise, double highestSignalToNoise, double lowestExponent, double highestExponent)
        implements Augmentation {
    private static final String NAME = "colored-noise";

    /** The spectrum becomes flat below about a thousandth of the sample rate. */
    private static final int TAPS = 1_024;

    public ColoredNoise {
        Ranges.require(NAME, "signal-to-noise", lowestSignalToNoise, highestSignalToNoise, -60, 120);
        Ranges.require(NAME, "exponent", lowestExponent, highestExponent, -2, 2);
    }

    @Override
    public Augmented apply(Waveform waveform, KeyedRandom random, Sounds sounds) {
        double decibels = random.nextDouble(lowestSignalToNoise, highestSignalToNoise);
        double exponent = random.nextDouble(lowestExponent, highestExponent);
        float[] samples = waveform.samples();
        float[] noise = noise(samples.length, exponent, random);
        double factor = Math.sqrt(Levels.power(samples) / Levels.power(noise)) / Levels.amplitude(decibels);
        for (int i = 0; i < samples.length; i++) {
            noise[i] = samples[i] + (float) (factor * noise[i]);
        }
        return new Augmented(
                new Waveform(noise, waveform.sampleRate()),
                String.format(Locale.ROOT, "noise 1/f^%.1f at %.1f dB", exponent, decibels));
    }

    /** Returns noise of no particular level, {@code [length]}. */
    static float[] noise(int length, double exponent, KeyedRandom random) {
        float[] response = new float[TAPS];
        response[0] = 1;
        for (int i = 1; i < TAPS; i++) {
            response[i] = (float) (response[i - 1] * (i - 1 + exponent / 2) / i);
        }
        // The first samples of a convolution lack the past, and with it the low frequencies.
        float[] noise = FftConvolution.convolve(WhiteNoise.gaussian(length + TAPS, 1, random), response, 0);
        return Arrays.copyOfRange(noise, TAPS, noise.length);
    }

    /** Registers the augmentation under its name. */
    @AutoService(AugmentationKind.class)
    public static final class Kind extends AugmentationKind {
        public Kind() {
            super(NAME, ColoredNoise.class);
        }
    }
}
