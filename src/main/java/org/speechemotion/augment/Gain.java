package org.speechemotion.augment;

import com.google.auto.service.AutoService;
import java.util.Locale;
import org.speechemotion.audio.Waveform;
import org.speechemotion.random.KeyedRandom;

/**
 * Changes the level by a gain that is uniform in decibels.
 *
 * @param lowestDecibels the lower bound of the gain in dB
 * @param highestDecibels the upper bound of the gain in dB
 */
public record Gain(double lowestDecibels, double highestDecibels) implements Augmentation {
    public Gain {
        Ranges.require("gain", "decibels", lowestDecibels, highestDecibels, -60, 60);
    }

    @Override
    public Augmented apply(Waveform waveform, KeyedRandom random, Sounds sounds) {
        double decibels = random.nextDouble(lowestDecibels, highestDecibels);
        float[] samples = waveform.samples().clone();
        Levels.scale(samples, Levels.amplitude(decibels));
        return new Augmented(
                new Waveform(samples, waveform.sampleRate()), String.format(Locale.ROOT, "gain %+.1f dB", decibels));
    }

    /** Registers the augmentation under its name. */
    @AutoService(AugmentationKind.class)
    public static final class Kind extends AugmentationKind {
        public Kind() {
            super("gain", Gain.class);
        }
    }
}
