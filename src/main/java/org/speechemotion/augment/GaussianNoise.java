package org.speechemotion.augment;

import com.google.auto.service.AutoService;
import java.util.Locale;
import org.speechemotion.audio.Waveform;
import org.speechemotion.random.KeyedRandom;

/**
 * Adds white Gaussian noise, like that of a microphone and its amplifier. Its level is absolute, because such noise does
 * not follow the voice; {@link BackgroundNoise} draws a signal-to-noise ratio instead.
 *
 * @param lowestSigma the lower bound of the standard deviation, drawn uniformly; full scale is 1
 * @param highestSigma the upper bound of the standard deviation
 */
public record GaussianNoise(double lowestSigma, double highestSigma) implements Augmentation {
    private static final String NAME = "gaussian-noise";

    public GaussianNoise {
        Ranges.require(NAME, "sigma", lowestSigma, highestSigma, 0, 1);
    }

    @Override
    public Augmented apply(Waveform waveform, KeyedRandom random, Sounds sounds) {
        double sigma = random.nextDouble(lowestSigma, highestSigma);
        float[] samples = WhiteNoise.gaussian(waveform.samples().length, sigma, random);
        for (int i = 0; i < samples.length; i++) {
            samples[i] += waveform.samples()[i];
        }
        return new Augmented(
                new Waveform(samples, waveform.sampleRate()),
                String.format(Locale.ROOT, "gaussian noise, sigma %.4f", sigma));
    }

    /** Registers the augmentation under its name. */
    @AutoService(AugmentationKind.class)
    public static final class Kind extends AugmentationKind {
        public Kind() {
            super(NAME, GaussianNoise.class);
        }
    }
}
