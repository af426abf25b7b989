package org.speechemotion.augment;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.speechemotion.audio.Waveform;
import org.speechemotion.random.KeyedRandom;

/**
 * Simulates another microphone by a smooth equaliser: a low shelf, two peaks and a high shelf at random frequencies.
 *
 * @param lowestDecibels the lower bound of the four gains, drawn uniformly, in dB
 * @param highestDecibels the upper bound of the gains, in dB
 */
public record Microphone(double lowestDecibels, double highestDecibels) implements Augmentation {
    private static final String NAME = "microphone";
    private static final int PEAKS = 2;

    /** A share of the sample rate, because the filters become narrow towards half of it. */
    private static final double MAX_FREQUENCY = 0.4;

    private static final double SHELF_QUALITY = Math.sqrt(0.5);

    public Microphone {
        Ranges.require(NAME, "decibels", lowestDecibels, highestDecibels, -24, 24);
    }

    @Override
    public Augmented apply(Waveform waveform, KeyedRandom random, Sounds sounds) {
        int sampleRate = waveform.sampleRate();
        List<Band> bands = new ArrayList<>();
        bands.add(band(80, 300, sampleRate, random));
        for (int i = 0; i < PEAKS; i++) {
            bands.add(band(300, 5_000, sampleRate, random));
        }
        bands.add(band(2_000, 6_000, sampleRate, random));

        float[] samples = waveform.samples().clone();
        List<Biquad> filters = new ArrayList<>();
        StringBuilder caption = new StringBuilder("microphone");
        for (int i = 0; i < bands.size(); i++) {
            Band band = bands.get(i);
            Biquad filter;
            if (i == 0) {
                filter = Biquad.lowShelf(band.hertz, SHELF_QUALITY, band.decibels, sampleRate);
            } else if (i == bands.size() - 1) {
                filter = Biquad.highShelf(band.hertz, SHELF_QUALITY, band.decibels, sampleRate);
            } else {
                filter = Biquad.peak(band.hertz, random.nextDouble(0.5, 1.5), band.decibels, sampleRate);
            }
            filters.add(filter);
            caption.append(
                    String.format(Locale.ROOT, "%s %+.1f dB at %.0f Hz", i == 0 ? "" : ",", band.decibels, band.hertz));
        }
        Biquad.filter(samples, filters);
        return new Augmented(new Waveform(samples, sampleRate), caption.toString());
    }

    /** Draws a gain uniformly in dB and a frequency uniformly in octaves. */
    private Band band(double lowestHertz, double highestHertz, int sampleRate, KeyedRandom random) {
        double octaves = random.nextDouble(StrictMath.log(lowestHertz), StrictMath.log(highestHertz));
        double hertz = Math.min(StrictMath.exp(octaves), MAX_FREQUENCY * sampleRate);
        return new Band(hertz, random.nextDouble(lowestDecibels, highestDecibels));
    }

    private record Band(double hertz, double decibels) {}

    /** Registers the augmentation under its name. */
    @AutoService(AugmentationKind.class)
    public static final class Kind extends AugmentationKind {
        public Kind() {
            super(NAME, Microphone.class);
        }
    }
}
