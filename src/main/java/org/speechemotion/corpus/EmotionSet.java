package org.speechemotion.corpus;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.speechemotion.common.NearestName;

/**
 * The emotions that a corpus labels and a model distinguishes, in the order of their labels.
 *
 * @param ids the names of the emotions in files, columns and settings
 */
public record EmotionSet(List<String> ids) implements Iterable<Emotion>, Serializable {
    /** The maximum number of emotions that a model distinguishes. */
    public static final int MAX = 20;

    /** An id is also part of the name of a column, as in {@code probability_happy}. */
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    /** The names of predictions that are not emotions. */
    private static final Set<String> RESERVED = Set.of("silence", "uncertain");

    /** The eight emotions of RAVDESS, whose labels are its codes 01 to 08 less one. */
    public static final EmotionSet EIGHT =
            new EmotionSet(List.of("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised"));

    /**
     * Checks the names.
     *
     * @throws IllegalArgumentException if a name is not allowed, or occurs twice
     */
    public EmotionSet {
        ids = List.copyOf(ids);
        for (String id : ids) {
            if (!ID.matcher(id).matches() || RESERVED.contains(id)) {
                throw new IllegalArgumentException(
                        "emotion is \"%s\"; allowed: a name of 1 to 32 lower-case letters, digits and '_', with a letter first, but not silence or uncertain"
                                .formatted(id));
            }
        }
        if (ids.stream().map(EmotionNames::key).distinct().count() < ids.size()) {
            throw new IllegalArgumentException("emotions are " + ids + "; allowed: each name once");
        }
    }

    /**
     * Returns the emotions of a model.
     *
     * @throws IllegalArgumentException if there are not 2 to {@value #MAX} of them, or a name is not allowed
     */
    public static EmotionSet ofModel(List<String> ids) {
        if (ids.size() < 2 || ids.size() > MAX) {
            throw new IllegalArgumentException("emotions are %s; allowed: 2 to %d names".formatted(ids, MAX));
        }
        return ids.equals(EIGHT.ids) ? EIGHT : new EmotionSet(ids);
    }

    /**
     * Returns the emotions of a corpus, of which there may be more than a model distinguishes.
     *
     * @throws IllegalArgumentException if a name is not allowed
     */
    public static EmotionSet ofCorpus(List<String> ids) {
        return ids.equals(EIGHT.ids) ? EIGHT : new EmotionSet(ids);
    }

    /** Returns the emotions of this set, followed by those of another set that this one lacks. */
    public EmotionSet and(EmotionSet other) {
        List<String> all = new ArrayList<>(ids);
        other.ids.stream().filter(id -> !all.contains(id)).forEach(all::add);
        return all.size() == ids.size() ? this : new EmotionSet(all);
    }

    /** Returns the number of emotions. */
    public int size() {
        return ids.size();
    }

    /**
     * Returns the emotion with a label.
     *
     * @throws IllegalArgumentException if the label is not from 0 to {@link #size()} − 1
     */
    public Emotion ofLabel(int label) {
        return new Emotion(this, label);
    }

    /** Returns all emotions in the order of their labels. */
    public List<Emotion> emotions() {
        return stream().toList();
    }

    /** Returns all emotions in the order of their labels. */
    public Stream<Emotion> stream() {
        return IntStream.range(0, size()).mapToObj(this::ofLabel);
    }

    @Override
    public Iterator<Emotion> iterator() {
        return stream().iterator();
    }

    /**
     * Returns the emotion with a name, which is its id or, for one of {@link #EIGHT}, another common name such as {@code joy} or
     * {@code ANG}, in any case and with underscores, hyphens or spaces between words.
     */
    public Optional<Emotion> find(String name) {
        String key = EmotionNames.key(name);
        return stream()
                .filter(emotion -> EmotionNames.key(emotion.id()).equals(key))
                .findFirst()
                .or(() -> EmotionNames.id(name).flatMap(this::ofId));
    }

    /** Returns the emotion with an id. */
    public Optional<Emotion> ofId(String id) {
        int label = ids.indexOf(id);
        return label < 0 ? Optional.empty() : Optional.of(ofLabel(label));
    }

    /** Returns whether {@link #find} knows the name. */
    public boolean isName(String name) {
        return find(name).isPresent();
    }

    /**
     * Returns the emotion that {@link #find} finds.
     *
     * @throws IllegalArgumentException if the name is unknown; the message has the nearest name and all ids
     */
    public Emotion parse(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "emotion is \"%s\"; allowed: %s, or another common name of one of them%s"
                                .formatted(
                                        name,
                                        String.join(", ", ids),
                                        nearest(name)
                                                .map("; did you mean %s?"::formatted)
                                                .orElse(""))));
    }

    /** Returns the known name that is nearest to an unknown one. */
    Optional<String> nearest(String name) {
        List<String> known = Stream.concat(
                        ids.stream().map(EmotionNames::key),
                        EmotionNames.all().stream().filter(this::isName))
                .distinct()
                .sorted()
                .toList();
        return NearestName.find(EmotionNames.key(name), known);
    }

    /** Returns the names as one line, such as {@code neutral, calm}. */
    @Override
    public String toString() {
        return String.join(", ", ids);
    }
}
