package org.speechemotion.augment;

import com.google.auto.service.AutoService;
import java.util.Locale;
import org.speechemotion.audio.Waveform;
import org.speechemotion.random.KeyedRandom;

/**
 * Simulates an overdriven recording: samples beyond a share of the peak are clipped.
 *
 * @param lowestShare the lower bound of the share of the peak, drawn uniformly; 1 clips nothing
 * @param highestShare the upper bound of the share
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

    /** Registers the augmentation under its name. */
    @AutoService(AugmentationKind.class)
    public static final class Kind extends AugmentationKind {
        public Kind() {
            super(NAME, Clipping.class);
        }
    }
}
