package org.speechemotion.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
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
            new LabelMap(List.of(Emotion.values()).stream().map(Optional::of).toList(), EnumSet.allOf(Emotion.class));

    /** The emotion that each emotion counts as, in label order; empty if it is left out. */
    private final List<Optional<Emotion>> targets;
    /** The emotions of which there are probabilities. */
    private final Set<Emotion> sources;

    private LabelMap(List<Optional<Emotion>> targets, Set<Emotion> sources) {
        this.targets = List.copyOf(targets);
        this.sources = Set.copyOf(sources);
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
        return new LabelMap(targets, IDENTITY.sources);
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
                targets.stream().map(target -> target.filter(kept::contains)).toList(), sources);
    }

    /** Returns this map for the probabilities of a model that was trained on the given emotions. */
    public LabelMap forModel(Set<Emotion> trained) {
        return new LabelMap(targets, trained);
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
     * Returns the distribution over the remaining emotions, each of which is assumed to be as likely as the others, as the
     * emotions of the model are: the probability of merged emotions is the mean of theirs, that of emotions that are left out
     * is 0, and the rest is scaled to a sum of 1. If nothing remains, the remaining emotions are equally likely.
     */
    public Probabilities apply(Probabilities probabilities) {
        if (targets.equals(IDENTITY.targets)) {
            return probabilities;
        }
        Set<Emotion> remaining = of(sources);
        Map<Emotion, Double> means = new EnumMap<>(Emotion.class);
        for (Emotion target : remaining) {
            means.put(
                    target,
                    sources.stream()
                            .filter(source -> of(source).filter(target::equals).isPresent())
                            .mapToDouble(source -> probabilities.of(source.label()))
                            .average()
                            .orElseThrow());
        }
        double total = means.values().stream().mapToDouble(Double::doubleValue).sum();
        float[] values = new float[Emotion.count()];
        means.forEach(
                (target, mean) -> values[target.label()] = (float) (total > 0 ? mean / total : 1.0 / remaining.size()));
        return new Probabilities(values);
    }
}
