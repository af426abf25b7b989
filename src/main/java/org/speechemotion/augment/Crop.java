package org.speechemotion.augment;

import com.google.auto.service.AutoService;
import java.util.Arrays;
import java.util.Locale;
import org.speechemotion.audio.Waveform;
import org.speechemotion.random.KeyedRandom;

/**
 * Keeps a part of the clip at a random position. Clips that are not longer than the part stay whole.
 *
 * @param lowestSeconds the lower bound of the length, drawn uniformly, in s
 * @param highestSeconds the upper bound of the length, in s
 */
public record Crop(double lowestSeconds, double highestSeconds) implements Augmentation {
    private static final String NAME = "crop";

    public Crop {
        Ranges.require(NAME, "seconds", lowestSeconds, highestSeconds, 0.1, 3600);
    }

    @Override
    public Augmented apply(Waveform waveform, KeyedRandom random, Sounds sounds) {
        double seconds = random.nextDouble(lowestSeconds, highestSeconds);
        float[] samples = waveform.samples();
        long length = Math.max(1, Math.round(seconds * waveform.sampleRate()));
        if (length >= samples.length) {
            return new Augmented(waveform, "crop none, too short");
        }
        int from = random.nextInt(samples.length - (int) length + 1);
        return new Augmented(
                new Waveform(Arrays.copyOfRange(samples, from, from + (int) length), waveform.sampleRate()),
                String.format(
                        Locale.ROOT, "crop to %.2f s from %.2f s", seconds, (double) from / waveform.sampleRate()));
    }

    /** Registers the augmentation under its name. */
    @AutoService(AugmentationKind.class)
    public static final class Kind extends AugmentationKind {
        public Kind() {
            super(NAME, Crop.class);
        }
    }
}
