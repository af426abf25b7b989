package org.speechemotion.augment;

import com.google.auto.service.AutoService;
import java.util.Locale;
import org.speechemotion.audio.Waveform;
import org.speechemotion.random.KeyedRandom;

/**
 * Pads the clip with silence before and after it, like a window that is cut from live audio.
 *
 * @param lowestSeconds the lower bound of the total silence, drawn uniformly, in s
 * @param highestSeconds the upper bound of the total silence, in s
 */
public record RandomPadding(double lowestSeconds, double highestSeconds) implements Augmentation {
    private static final String NAME = "place";

    public RandomPadding {
        Ranges.require(NAME, "seconds", lowestSeconds, highestSeconds, 0, 60);
    }

    @Override
    public Augmented apply(Waveform waveform, KeyedRandom random, Sounds sounds) {
        int silence = (int) Math.round(random.nextDouble(lowestSeconds, highestSeconds) * waveform.sampleRate());
        int before = random.nextInt(silence + 1);
        float[] clip = waveform.samples();
        float[] samples = new float[clip.length + silence];
        System.arraycopy(clip, 0, samples, before, clip.length);
        return new Augmented(
                new Waveform(samples, waveform.sampleRate()),
                String.format(
                        Locale.ROOT,
                        "place at %.2f s of %.2f s",
                        (double) before / waveform.sampleRate(),
                        (double) samples.length / waveform.sampleRate()));
    }

    @Override
    public long maxLength(long samples, int sampleRate) {
        return samples + Math.round(highestSeconds * sampleRate);
    }

    /** Registers the augmentation under its name. */
    @AutoService(AugmentationKind.class)
    public static final class Kind extends AugmentationKind {
        public Kind() {
            super(NAME, RandomPadding.class);
        }
    }
}
