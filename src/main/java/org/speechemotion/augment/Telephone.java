package org.speechemotion.augment;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.speechemotion.audio.Resampler;
import org.speechemotion.audio.Waveform;
import org.speechemotion.random.KeyedRandom;

/**
 * Simulates a telephone line: the clip is resampled to 8 kHz, limited to 300 to 3400 Hz (ITU-T G.712), passed through a
 * codec and brought back to its sample rate and length.
 *
 * @param codecs the codecs to draw from: mu-law, a-law, ima-adpcm
 */
public record Telephone(List<Codec> codecs) implements Augmentation {
    private static final String NAME = "telephone";
    private static final int RATE = 8_000;
    private static final double LOWEST_HERTZ = 300;
    private static final double HIGHEST_HERTZ = 3_400;

    public Telephone {
        if (codecs.isEmpty()) {
            throw new IllegalArgumentException("augmentation." + NAME + ".codecs is empty; allowed: "
                    + String.join(
                            ", ",
                            Arrays.stream(Codec.values()).map(Codec::label).toList()));
        }
        codecs = List.copyOf(codecs);
    }

    @Override
    public Augmented apply(Waveform waveform, KeyedRandom random, Sounds sounds) {
        Codec codec = codecs.get(random.nextInt(codecs.size()));
        int rate = waveform.sampleRate();
        float[] line = resampled(waveform.samples(), rate, RATE);
        List<Biquad> filters = new ArrayList<>();
        for (double quality : Biquad.BUTTERWORTH_4) {
            filters.add(Biquad.highPass(LOWEST_HERTZ, quality, RATE));
            filters.add(Biquad.lowPass(HIGHEST_HERTZ, quality, RATE));
        }
        Biquad.filter(line, filters);
        codec.pass(line);
        float[] samples = Arrays.copyOf(resampled(line, RATE, rate), waveform.samples().length);
        return new Augmented(new Waveform(samples, rate), "telephone " + codec.label());
    }

    /** Returns a new array even if the rates are equal. */
    private static float[] resampled(float[] samples, int from, int to) {
        return from == to ? samples.clone() : Resampler.of(from, to).resample(samples);
    }

    /** Registers the augmentation under its name. */
    @AutoService(AugmentationKind.class)
    public static final class Kind extends AugmentationKind {
        public Kind() {
            super(NAME, Telephone.class);
        }
    }
}
