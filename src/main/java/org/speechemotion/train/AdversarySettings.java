package org.speechemotion.train;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.speechemotion.corpus.Clip;
import org.speechemotion.model.Adversary;

/**
 * The settings of the {@link Adversary}, a classifier that the network is trained against.
 *
 * @param target the property of clips that the classifier learns to recognise
 * @param weight the factor of the gradient that the network receives from it reversed, above 0
 */
public record AdversarySettings(Target target, double weight) implements Serializable {

    /** A property of clips, by which they have classes. */
    public enum Target {
        /** There is no adversary. */
        NONE,
        /** The corpus of a clip. */
        CORPUS,
        /** The speaker of a clip. */
        SPEAKER;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns the name of the classes, such as {@code speakers}. */
        public String plural() {
            return this == CORPUS ? "corpora" : "speakers";
        }

        /** Returns the class of an example; {@link #NONE} has none. */
        String of(Example example) {
            return this == SPEAKER ? example.speakerId() : Clip.corpusOf(example.speakerId());
        }
    }

    public AdversarySettings {
        Require.positive("weight", weight);
    }

    /**
     * Returns the classes of the training clips.
     *
     * @throws IllegalArgumentException if there are fewer than two
     */
    public AdversaryTargets targets(List<Example> training) {
        if (target == Target.NONE) {
            return new AdversaryTargets(target, List.of());
        }
        List<String> classes =
                training.stream().map(target::of).distinct().sorted().toList();
        if (classes.size() < 2) {
            throw new IllegalArgumentException("training.adversary.target is " + target.id()
                    + ", but the training clips are of one " + target.id() + " only, " + classes
                    + "; allowed: two or more of them, or training.adversary.target=none");
        }
        return new AdversaryTargets(target, classes);
    }

    /** Returns the settings of a training on some corpora only, in which a single corpus has no others. */
    public AdversarySettings within(Set<String> corpora) {
        return target == Target.CORPUS && corpora.size() == 1 ? new AdversarySettings(Target.NONE, weight) : this;
    }

    /**
     * Returns the adversary of a training on these clips; empty if it has none.
     *
     * @throws IllegalArgumentException see {@link #targets}
     */
    public Optional<Adversary> adversary(List<Example> training) {
        int classes = targets(training).classes().size();
        return target == Target.NONE ? Optional.empty() : Optional.of(new Adversary(classes, weight));
    }
}
