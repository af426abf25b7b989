package org.speechemotion.augment;

import com.google.auto.service.AutoService;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.speechemotion.audio.Waveform;
import org.speechemotion.random.KeyedRandom;

/**
 * Adds noise, speech or music from a collection that is laid out like MUSAN. The category of a recording is the first
 * folder named noise, speech or music below the path, and noise if there is none. Empty categories are never drawn.
 *
 * @param path a folder, or a {@code .txt} file that lists recordings
 * @param lowestSignalToNoise the lower bound of the ratio of mean powers over the clip, drawn uniformly, in dB
 * @param highestSignalToNoise the upper bound of the ratio, in dB
 * @param noiseWeight the relative frequency of noise
 * @param speechWeight the relative frequency of speech
 * @param musicWeight the relative frequency of music
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
    private static final double MAX_WEIGHT = 1e6;

    public BackgroundNoise {
        Recordings.requirePath(NAME, path);
        Ranges.require(NAME, "signal-to-noise", lowestSignalToNoise, highestSignalToNoise, -60, 120);
        Ranges.require(NAME, "noise-weight", noiseWeight, 0, MAX_WEIGHT);
        Ranges.require(NAME, "speech-weight", speechWeight, 0, MAX_WEIGHT);
        Ranges.require(NAME, "music-weight", musicWeight, 0, MAX_WEIGHT);
        if (noiseWeight + speechWeight + musicWeight == 0) {
            throw new IllegalArgumentException("augmentation." + NAME
                    + ".noise-weight, speech-weight and music-weight are all 0; allowed: at least one above 0");
        }
    }

    @Override
    public Augmented apply(Waveform waveform, KeyedRandom random, Sounds sounds) {
        double decibels = random.nextDouble(lowestSignalToNoise, highestSignalToNoise);
        List<String> category = category(sounds.folder(path), random);
        int length = waveform.samples().length;
        int fade = waveform.sampleRate() / 50;
        Recordings.Part noise = Recordings.usable(
                NAME,
                sounds,
                () -> category.get(random.nextInt(category.size())),
                recording -> NoiseSegment.of(recording, length, fade, random),
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

    /** Draws a category and returns its recordings. */
    private List<String> category(SoundFolder folder, KeyedRandom random) {
        Map<NoiseCategory, List<String>> categories = new EnumMap<>(folder.byCategory());
        categories.keySet().removeIf(category -> weight(category) == 0);
        if (categories.isEmpty()) {
            throw new IllegalArgumentException("augmentation." + NAME + ": " + path
                    + " has no recordings of a category with a weight above 0: noise-weight is " + noiseWeight
                    + ", speech-weight " + speechWeight + ", music-weight " + musicWeight);
        }
        double position = random.nextDouble()
                * categories.keySet().stream().mapToDouble(this::weight).sum();
        List<String> drawn = List.of();
        for (Map.Entry<NoiseCategory, List<String>> category : categories.entrySet()) {
            if (position >= 0) {
                drawn = category.getValue();
            }
            position -= weight(category.getKey());
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

    /** Registers the augmentation under its name. */
    @AutoService(AugmentationKind.class)
    public static final class Kind extends AugmentationKind {
        public Kind() {
            super(NAME, BackgroundNoise.class);
        }
    }
}
