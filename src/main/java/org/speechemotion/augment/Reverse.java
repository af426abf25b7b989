package org.speechemotion.augment;

import com.google.auto.service.AutoService;
import org.speechemotion.audio.Waveform;
import org.speechemotion.random.KeyedRandom;

/** Plays the clip backwards. */
public record Reverse() implements Augmentation {
    @Override
    public Augmented apply(Waveform waveform, KeyedRandom random, Sounds sounds) {
        float[] samples = waveform.samples().clone();
        for (int i = 0; i < samples.length; i++) {
            samples[i] = waveform.samples()[samples.length - 1 - i];
        }
        return new Augmented(new Waveform(samples, waveform.sampleRate()), "reverse");
    }

    /** Registers the augmentation under its name. */
    @AutoService(AugmentationKind.class)
    public static final class Kind extends AugmentationKind {
        public Kind() {
            super("reverse", Reverse.class);
        }
    }
}
