package org.speechemotion.augment;

import com.google.auto.service.AutoService;
import java.util.Locale;
import org.speechemotion.audio.Waveform;
import org.speechemotion.random.KeyedRandom;

/**
 * Changes the speech rate and keeps the pitch. Clips that are shorter than 0.1 s before or after are not changed.
 *
 * @param lowestRate the lower bound of the factor on the speech rate, drawn uniformly; below 1 is slower and longer
 * @param highestRate the upper bound of the factor
 */
public record TimeStretch(double lowestRate, double highestRate) implements Augmentation {
    private static final String NAME = "time-stretch";

    public TimeStretch {
        Ranges.require(NAME, "rate", lowestRate, highestRate, 0.5, 2);
    }

    @Override
    public Augmented apply(Waveform waveform, KeyedRandom random, Sounds sounds) {
        double rate = random.nextDouble(lowestRate, highestRate);
        float[] samples = waveform.samples();
        int sampleRate = waveform.sampleRate();
        int length = (int) Math.round(samples.length / rate);
        if (Math.min(samples.length, length) < Wsola.minLength(sampleRate)) {
            return new Augmented(waveform, "time stretch none, too short");
        }
        return new Augmented(
                new Waveform(Wsola.stretch(samples, sampleRate, length), sampleRate),
                String.format(Locale.ROOT, "time stretch, rate %.3f", rate));
    }

    @Override
    public long maxLength(long samples, int sampleRate) {
        return Math.max(samples, Math.round(samples / lowestRate));
    }

    /** Registers the augmentation under its name. */
    @AutoService(AugmentationKind.class)
    public static final class Kind extends AugmentationKind {
        public Kind() {
            super(NAME, TimeStretch.class);
        }
    }
}
