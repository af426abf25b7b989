package org.speechemotion.augment;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.speechemotion.audio.Waveform;
import org.speechemotion.random.KeyedRandom;

/**
 * Augmentations one after another, each with its own probability.
 *
 * <p>What becomes of a clip follows from the seed, the view, the clip and the names of the steps: neither from other
 * clips, nor from how often, where and in which order clips are augmented.
 *
 * @param steps in the order of their application
 * @param seed of all draws
 */
public record AugmentationChain(List<Step> steps, long seed) implements Serializable {
    /**
     * An augmentation in its place.
     *
     * @param name of its kind; draws are keyed by it, so steps keep their draws where others come and go
     * @param probability that it is applied, 0 to 1
     */
    public record Step(String name, double probability, Augmentation augmentation) implements Serializable {
        public Step {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException(
                        "augmentation." + name + ".probability is " + probability + ": allowed is 0 to 1");
            }
        }
    }

    public AugmentationChain {
        steps = List.copyOf(steps);
        Set<String> names = new HashSet<>();
        for (Step step : steps) {
            if (!names.add(step.name())) {
                throw new IllegalArgumentException("augmentation.chain has " + step.name() + " twice");
            }
        }
    }

    /** The chain that changes nothing. */
    public static AugmentationChain none() {
        return new AugmentationChain(List.of(), 0);
    }

    /** Whether it changes nothing. */
    public boolean isEmpty() {
        return steps.stream().allMatch(step -> step.probability() == 0);
    }

    /** Every folder or list that a step draws from, sorted. */
    public Set<String> folders() {
        Set<String> folders = new TreeSet<>();
        steps.forEach(step -> folders.addAll(step.augmentation().folders()));
        return folders;
    }

    /**
     * Makes a view of a clip.
     *
     * @param view which one: an epoch's, or a stored one's
     * @param clip what draws know the clip by: the SHA-256 of its file
     * @return samples in [-1, 1], and the captions of what was applied
     */
    public View apply(Waveform waveform, String view, String clip, Sounds sounds) {
        Waveform current = waveform;
        List<String> captions = new ArrayList<>();
        for (Step step : steps) {
            KeyedRandom random = new KeyedRandom(seed, "augment", view, clip, step.name());
            if (random.nextDouble() < step.probability()) {
                Augmented augmented = step.augmentation().apply(current, random, sounds);
                current = augmented.waveform();
                captions.add(augmented.caption());
            }
        }
        return new View(captions.isEmpty() ? waveform : limited(current), captions);
    }

    /**
     * A view of a clip.
     *
     * @param captions of the steps that were applied, in order; empty where the waveform is the clip's own
     */
    public record View(Waveform waveform, List<String> captions) {}

    /** Turned down where it would clip. Turning down, unlike clipping, leaves the spectrum as it is. */
    private static Waveform limited(Waveform waveform) {
        float peak = Levels.peak(waveform.samples());
        if (peak <= 1) {
            return waveform;
        }
        float[] samples = waveform.samples().clone();
        for (int i = 0; i < samples.length; i++) {
            samples[i] /= peak;
        }
        return new Waveform(samples, waveform.sampleRate());
    }
}
