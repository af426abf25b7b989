package org.speechemotion.augment;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.speechemotion.audio.Waveform;
import org.speechemotion.random.KeyedRandom;

/**
 * Noise, talk or music behind the voice, from recordings laid out as MUSAN is: the first folder called noise, speech or
 * music below the path is the category; elsewhere it is noise. Categories without recordings are left out.
 *
 * @param path a folder, or a {@code .txt} file that lists recordings
 * @param lowestSignalToNoise of the ratios that are drawn from, uniformly, in dB of the mean powers over the clip
 * @param highestSignalToNoise of them, in dB
 * @param noiseWeight how often noise is drawn, relative to the others
 * @param speechWeight how often speech is
 * @param musicWeight how often music is
 */
public record BackgroundNoise(
        String path,
        double lowestSignalToNoise,
        double highestSignalToNoise,
        double noiseWeight,
        double speechWeight,
        double musicWeight)
        implements Augmentation {
    private static final String NAME = "background-noise";
    private static final double GREATEST_WEIGHT = 1e6;

    public BackgroundNoise {
        Recordings.requirePath(NAME, path);
        Ranges.require(NAME, "signal-to-noise", lowestSignalToNoise, highestSignalToNoise, -60, 120);
        Ranges.require(NAME, "noise-weight", noiseWeight, 0, GREATEST_WEIGHT);
        Ranges.require(NAME, "speech-weight", speechWeight, 0, GREATEST_WEIGHT);
        Ranges.require(NAME, "music-weight", musicWeight, 0, GREATEST_WEIGHT);
        if (noiseWeight + speechWeight + musicWeight == 0) {
            throw new IllegalArgumentException("augmentation." + NAME
                    + ".noise-weight, speech-weight and music-weight are all 0: one must be above");
        }
    }

    @Override
    public Augmented apply(Waveform waveform, KeyedRandom random, Sounds sounds) {
        double decibels = random.nextDouble(lowestSignalToNoise, highestSignalToNoise);
        List<String> category = category(sounds.below(path), random);
        int length = waveform.samples().length;
        int fade = waveform.sampleRate() / 50;
        Recordings.Part noise = Recordings.usable(
                NAME,
                sounds,
                () -> category.get(random.nextInt(category.size())),
                recording -> NoiseBed.of(recording, length, fade, random),
                part -> Math.sqrt(Levels.power(part)));
        double factor = Math.sqrt(Levels.power(waveform.samples()) / Levels.power(noise.samples()))
                / Levels.amplitude(decibels);
        float[] samples = waveform.samples().clone();
        for (int i = 0; i < length; i++) {
            samples[i] += (float) (factor * noise.samples()[i]);
        }
        return new Augmented(
                new Waveform(samples, waveform.sampleRate()),
                String.format(Locale.ROOT, "background noise %s at %.1f dB", noise.fileName(), decibels));
    }

    @Override
    public List<String> folders() {
        return List.of(path);
    }

    /** The recordings of a drawn category. */
    private List<String> category(List<String> paths, KeyedRandom random) {
        Map<NoiseCategory, List<String>> categories = new EnumMap<>(NoiseCategory.class);
        for (String recording : paths) {
            NoiseCategory category = NoiseCategory.of(recording, path);
            if (weight(category) > 0) {
                categories
                        .computeIfAbsent(category, absent -> new ArrayList<>())
                        .add(recording);
            }
        }
        if (categories.isEmpty()) {
            throw new IllegalArgumentException("augmentation." + NAME + ": " + path
                    + " has no recordings of a category whose weight is above 0: noise-weight is " + noiseWeight
                    + ", speech-weight " + speechWeight + ", music-weight " + musicWeight);
        }
        double place = random.nextDouble()
                * categories.keySet().stream().mapToDouble(this::weight).sum();
        List<String> drawn = List.of();
        for (Map.Entry<NoiseCategory, List<String>> category : categories.entrySet()) {
            if (place >= 0) {
                drawn = category.getValue();
            }
            place -= weight(category.getKey());
        }
        return drawn;
    }

    private double weight(NoiseCategory category) {
        return switch (category) {
            case NOISE -> noiseWeight;
            case SPEECH -> speechWeight;
            case MUSIC -> musicWeight;
        };
    }

    /** Found by its name. */
    @AutoService(AugmentationKind.class)
    public static final class Kind extends AugmentationKind {
        public Kind() {
            super(NAME, BackgroundNoise.class);
        }
    }
}
