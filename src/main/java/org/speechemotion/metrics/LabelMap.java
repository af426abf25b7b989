package org.speechemotion.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;

/**
 * Merges emotions for an evaluation and leaves others out, so that a model can be tested on a corpus that has other emotions
 * than those it was trained on. It is immutable.
 */
public final class LabelMap {
    /** The key of the settings, for messages. */
    public static final String KEY = "evaluate.labels";

    /** The emotions of the model. */
    private final EmotionSet emotions;

    /** The emotion as which another one counts, by the id of that one; empty if it is left out. */
    private final Map<String, Optional<Emotion>> given;

    private final Set<Emotion> kept;

    /** The emotions that the model was trained on; the probabilities of others mean nothing. */
    private final Set<Emotion> trained;

    private LabelMap(
            EmotionSet emotions, Map<String, Optional<Emotion>> given, Set<Emotion> kept, Set<Emotion> trained) {
        this.emotions = emotions;
        this.given = Map.copyOf(given);
        this.kept = Collections.unmodifiableSet(new TreeSet<>(kept));
        this.trained = Collections.unmodifiableSet(new TreeSet<>(trained));
    }

    /** Returns the map that keeps the emotions of a model, and leaves out others. */
    public static LabelMap identity(EmotionSet emotions) {
        return new LabelMap(emotions, Map.of(), Set.copyOf(emotions.emotions()), Set.copyOf(emotions.emotions()));
    }

    /** Returns the map that changes none of {@link EmotionSet#EIGHT}. */
    public static LabelMap identity() {
        return identity(EmotionSet.EIGHT);
    }

    /**
     * Returns the map of the settings.
     *
     * @param emotions the emotions of the model
     * @param corpus the emotions of the corpus, by whose names clips may be labelled
     * @param names name of an emotion of either → name of the model's emotion that it counts as, or "" to leave it out
     * @throws IllegalArgumentException if a name is unknown, an emotion has two targets, or a target is itself mapped
     */
    public static LabelMap of(EmotionSet emotions, EmotionSet corpus, Map<String, String> names) {
        Map<String, Optional<Emotion>> given = new HashMap<>();
        names.forEach((from, to) -> {
            String id = parse(emotions.and(corpus), from, from).id();
            Optional<Emotion> target = to.isBlank() ? Optional.empty() : Optional.of(parse(emotions, from, to));
            if (given.put(id, target) != null) {
                throw new IllegalArgumentException(KEY + " maps " + id + " twice");
            }
        });
        given.forEach((id, target) -> target.map(Emotion::id)
                .filter(to -> !to.equals(id) && given.containsKey(to))
                .ifPresent(to -> {
                    throw new IllegalArgumentException(
                            "%s maps %s to %s, which is mapped itself; map %s to its last target"
                                    .formatted(KEY, id, to, id));
                }));
        return new LabelMap(emotions, given, Set.copyOf(emotions.emotions()), Set.copyOf(emotions.emotions()));
    }

    /** Returns the map of the settings for a model and a corpus of {@link EmotionSet#EIGHT}. */
    public static LabelMap of(Map<String, String> names) {
        return of(EmotionSet.EIGHT, EmotionSet.EIGHT, names);
    }

    private static Emotion parse(EmotionSet known, String key, String name) {
        try {
            return known.parse(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("%s.%s: %s".formatted(KEY, key, e.getMessage()), e);
        }
    }

    /** Returns this map without the emotions that count as any other than the given ones. */
    public LabelMap restrictedTo(Set<Emotion> others) {
        Set<Emotion> both = new TreeSet<>(kept);
        both.retainAll(others);
        return new LabelMap(emotions, given, both, trained);
    }

    /** Returns this map for the probabilities of a model that was trained on the given emotions only. */
    public LabelMap trainedOn(Set<Emotion> others) {
        return new LabelMap(emotions, given, kept, others);
    }

    /** Returns the model's emotion that an emotion, also one of another set, counts as; empty if it is left out. */
    public Optional<Emotion> of(Emotion emotion) {
        Optional<Emotion> target = given.get(emotion.id());
        return (target != null ? target : emotions.ofId(emotion.id())).filter(kept::contains);
    }

    /** Returns the emotions that the given ones count as. */
    public Set<Emotion> of(Set<Emotion> others) {
        Set<Emotion> found = new TreeSet<>();
        others.forEach(emotion -> of(emotion).ifPresent(found::add));
        return Collections.unmodifiableSet(found);
    }

    /** Returns the emotions that count as another one, with their targets, such as {@code calm = neutral}, sorted. */
    public List<String> merged() {
        List<String> merged = new ArrayList<>();
        given.forEach((id, target) -> target.filter(kept::contains)
                .filter(one -> !one.id().equals(id))
                .ifPresent(one -> merged.add(id + " = " + one.id())));
        Collections.sort(merged);
        return List.copyOf(merged);
    }

    /**
     * Returns the distribution over the remaining emotions, each of which is assumed to be as likely as the others, as the
     * emotions of the model are: the probability of merged emotions is the mean of theirs, that of emotions that are left out
     * is 0, and the rest is scaled to a sum of 1. If nothing remains, the remaining emotions are equally likely.
     */
    public Probabilities apply(Probabilities probabilities) {
        if (given.isEmpty() && kept.size() == emotions.size()) {
            return probabilities;
        }
        Set<Emotion> remaining = of(trained);
        Map<Emotion, Double> means = new TreeMap<>();
        for (Emotion target : remaining) {
            means.put(
                    target,
                    trained.stream()
                            .filter(source -> of(source).filter(target::equals).isPresent())
                            .mapToDouble(source -> probabilities.of(source.label()))
                            .average()
                            .orElseThrow());
        }
        double total = means.values().stream().mapToDouble(Double::doubleValue).sum();
        float[] values = new float[emotions.size()];
        means.forEach(
                (target, mean) -> values[target.label()] = (float) (total > 0 ? mean / total : 1.0 / remaining.size()));
        return new Probabilities(emotions, values);
    }
}
