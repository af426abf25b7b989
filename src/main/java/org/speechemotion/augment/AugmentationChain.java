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
 * Applies augmentations one after another, each with its own probability.
 *
 * <p>The result depends on the seed, the view, the clip and the names of the steps only. It does not depend on other clips,
 * on the machine, or on the number and order of earlier calls.
 *
 * @param steps the augmentations in the order in which they are applied
 * @param seed the seed of all draws
 */
public record AugmentationChain(List<Step> steps, long seed) implements Serializable {
    /**
     * One augmentation of the chain.
     *
     * @param name the name of its kind. Draws are keyed by it, so adding or removing a step changes no other step's draws.
     * @param probability the probability that the step is applied, 0 to 1
     */
    public record Step(String name, double probability, Augmentation augmentation) implements Serializable {
        public Step {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException(
                        "augmentation." + name + ".probability is " + probability + "; allowed: 0 to 1");
            }
        }
    }

    public AugmentationChain {
        steps = List.copyOf(steps);
        Set<String> names = new HashSet<>();
        for (Step step : steps) {
            if (!names.add(step.name())) {
                throw new IllegalArgumentException(
                        "augmentation.chain names " + step.name() + " twice; allowed: each augmentation once");
            }
        }
    }

    /** Returns the empty chain. */
    public static AugmentationChain none() {
        return new AugmentationChain(List.of(), 0);
    }

    /** Returns whether the chain changes no clip. */
    public boolean isEmpty() {
        return steps.stream().allMatch(step -> step.probability() == 0);
    }

    /** Returns every folder or list that a step draws from, sorted. */
    public Set<String> folders() {
        Set<String> folders = new TreeSet<>();
        steps.forEach(step -> folders.addAll(step.augmentation().folders()));
        return folders;
    }

    /**
     * Returns one augmented view of a clip.
     *
     * @param view the key of the view: an epoch, or the number of a stored view
     * @param clip the key of the clip: the SHA-256 of its file
     * @return samples in [-1, 1], and the captions of the steps that were applied
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
     * An augmented clip.
     *
     * @param captions the captions of the applied steps, in order; empty if the waveform is that of the clip
     */
    public record View(Waveform waveform, List<String> captions) {}

    /** Scales a waveform down to a peak of 1 if it exceeds that. Unlike clipping, scaling preserves the spectrum. */
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
