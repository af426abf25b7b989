package org.speechemotion.augment;

import com.google.auto.service.AutoService;
import java.util.Locale;
import org.speechemotion.audio.Waveform;
import org.speechemotion.random.KeyedRandom;

/**
 * Changes the pitch and keeps the length: the clip is stretched and then played faster or slower. The formants move with
 * the pitch, as for a smaller or larger speaker. Clips shorter than 0.1 s are not changed.
 *
 * @param lowestSemitones the lower bound of the shift, drawn uniformly, in semitones
 * @param highestSemitones the upper bound of the shift, in semitones
 */
public record PitchShift(double lowestSemitones, double highestSemitones) implements Augmentation {
    private static final String NAME = "pitch-shift";

    public PitchShift {
        Ranges.require(NAME, "semitones", lowestSemitones, highestSemitones, -12, 12);
    }

    @Override
    public Augmented apply(Waveform waveform, KeyedRandom random, Sounds sounds) {
        double semitones = random.nextDouble(lowestSemitones, highestSemitones);
        int speed = (int) Math.round(PlaybackRate.STEPS * StrictMath.pow(2, semitones / 12));
        float[] samples = waveform.samples();
        int sampleRate = waveform.sampleRate();
        int stretched = (int) (((long) samples.length * speed + PlaybackRate.STEPS - 1) / PlaybackRate.STEPS);
        if (Math.min(samples.length, stretched) < Wsola.minLength(sampleRate)) {
            return new Augmented(waveform, "pitch shift none, too short");
        }
        float[] longer = Wsola.stretch(samples, sampleRate, stretched);
        return new Augmented(
                new Waveform(PlaybackRate.play(longer, speed, samples.length), sampleRate),
                String.format(Locale.ROOT, "pitch shift %+.2f semitones", semitones));
    }

    /** Registers the augmentation under its name. */
    @AutoService(AugmentationKind.class)
    public static final class Kind extends AugmentationKind {
        public Kind() {
            super(NAME, PitchShift.class);
        }
    }
}
