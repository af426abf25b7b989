package org.speechemotion.augment;

import com.google.auto.service.AutoService;
import java.util.Locale;
import org.speechemotion.audio.Waveform;
import org.speechemotion.random.KeyedRandom;

/**
 * An overdriven recording: what is above a share of the peak is cut off.
 *
 * @param lowestShare of the peak, drawn from uniformly, 1 for nothing cut off
 * @param highestShare of it
 */
public record Clipping(double lowestShare, double highestShare) implements Augmentation {
    private static final String NAME = "clipping";

    public Clipping {
        Ranges.require(NAME, "share", lowestShare, highestShare, 0.01, 1);
    }

    @Override
    public Augmented apply(Waveform waveform, KeyedRandom random, Sounds sounds) {
        double share = random.nextDouble(lowestShare, highestShare);
        float[] samples = waveform.samples().clone();
        float limit = (float) (share * Levels.peak(samples));
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Math.max(-limit, Math.min(limit, samples[i]));
        }
        return new Augmented(
                new Waveform(samples, waveform.sampleRate()),
                String.format(Locale.ROOT, "clipping at %.2f of the peak", share));
    }

    /** Found by its name. */
    @AutoService(AugmentationKind.class)
    public static final class Kind extends AugmentationKind {
        public Kind() {
            super(NAME, Clipping.class);
        }
    }
}
