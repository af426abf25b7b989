package org.speechemotion.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.speechemotion.corpus.Emotion;

/**
 * Merges emotions for an evaluation and leaves others out, so that a model can be tested on a corpus that has other emotions
 * than those it was trained on. Immutable.
 */
public final class LabelMap {
    /** The key of the settings, for messages. */
    public static final String KEY = "evaluate.labels";

    private static final LabelMap IDENTITY =
            new LabelMap(List.of(Emotion.values()).stream().map(Optional::of).toList());

    /** The emotion that each emotion counts as, in label order; empty if it is left out. */
    private final List<Optional<Emotion>> targets;

    private LabelMap(List<Optional<Emotion>> targets) {
        this.targets = List.copyOf(targets);
    }

    /** Returns the map that changes nothing. */
    public static LabelMap identity() {
        return IDENTITY;
    }

    /**
     * Returns the map of the settings.
     *
     * @param names name of an emotion → name of the emotion that it counts as, or "" to leave it out
     * @throws IllegalArgumentException if a name is unknown, an emotion has two targets, or a target is itself mapped
     */
    public static LabelMap of(Map<String, String> names) {
        List<Optional<Emotion>> targets = new ArrayList<>(IDENTITY.targets);
        Set<Emotion> mapped = EnumSet.noneOf(Emotion.class);
        names.forEach((from, to) -> {
            Emotion emotion = parse(from, from);
            if (!mapped.add(emotion)) {
                throw new IllegalArgumentException(KEY + " maps " + emotion.id() + " twice");
            }
            targets.set(emotion.label(), to.isBlank() ? Optional.empty() : Optional.of(parse(from, to)));
        });
        for (Emotion emotion : mapped) {
            Optional<Emotion> target = targets.get(emotion.label());
            if (target.isPresent() && target.get() != emotion && mapped.contains(target.get())) {
                throw new IllegalArgumentException("%s maps %s to %s, which is mapped itself; map %s to its last target"
                        .formatted(KEY, emotion.id(), target.get().id(), emotion.id()));
            }
        }
        return new LabelMap(targets);
    }

    private static Emotion parse(String key, String name) {
        try {
            return Emotion.parse(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("%s.%s: %s".formatted(KEY, key, e.getMessage()), e);
        }
    }

    /** Returns this map without the emotions that count as any other than the given ones. */
    public LabelMap restrictedTo(Set<Emotion> kept) {
        return new LabelMap(
                targets.stream().map(target -> target.filter(kept::contains)).toList());
    }

    /** Returns the emotion that an emotion counts as; empty if it is left out. */
    public Optional<Emotion> of(Emotion emotion) {
        return targets.get(emotion.label());
    }

    /** Returns the emotions that the given ones count as. */
    public Set<Emotion> of(Set<Emotion> emotions) {
        Set<Emotion> found = EnumSet.noneOf(Emotion.class);
        emotions.forEach(emotion -> of(emotion).ifPresent(found::add));
        return Collections.unmodifiableSet(found);
    }

    /** Returns the emotions that count as another one, with their targets, such as {@code calm = neutral}. */
    public List<String> merged() {
        return Arrays.stream(Emotion.values())
                .filter(emotion ->
                        of(emotion).filter(target -> target != emotion).isPresent())
                .map(emotion -> emotion.id() + " = " + of(emotion).orElseThrow().id())
                .toList();
    }

    /**
     * Returns the distribution over the remaining emotions: the probabilities of merged emotions are added, those of emotions
     * that are left out are 0, and the rest is scaled to a sum of 1. If nothing remains, the remaining emotions are equally
     * likely.
     */
    public Probabilities apply(Probabilities probabilities) {
        if (targets.equals(IDENTITY.targets)) {
            return probabilities;
        }
        double[] sums = new double[Emotion.count()];
        double total = 0;
        for (Emotion emotion : Emotion.values()) {
            Optional<Emotion> target = of(emotion);
            if (target.isPresent()) {
                sums[target.get().label()] += probabilities.of(emotion.label());
                total += probabilities.of(emotion.label());
            }
        }
        Set<Emotion> remaining = of(EnumSet.allOf(Emotion.class));
        float[] values = new float[sums.length];
        for (Emotion emotion : remaining) {
            values[emotion.label()] = (float) (total > 0 ? sums[emotion.label()] / total : 1.0 / remaining.size());
        }
        return new Probabilities(values);
    }
}
