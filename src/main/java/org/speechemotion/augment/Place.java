package org.speechemotion.augment;

import com.google.auto.service.AutoService;
import java.util.Locale;
import org.speechemotion.audio.Waveform;
import org.speechemotion.random.KeyedRandom;

/**
 * The clip at a drawn place in a longer window, as live audio is cut: silence before and after.
 *
 * @param lowestSeconds of the silence that is drawn from, uniformly, before and after together, in s
 * @param highestSeconds of it, in s
 */
public record Place(double lowestSeconds, double highestSeconds) implements Augmentation {
    private static final String NAME = "place";

    public Place {
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
    public long longest(long samples, int sampleRate) {
        return samples + Math.round(highestSeconds * sampleRate);
    }

    /** Found by its name. */
    @AutoService(AugmentationKind.class)
    public static final class Kind extends AugmentationKind {
        public Kind() {
            super(NAME, Place.class);
        }
    }
}
