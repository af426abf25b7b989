package org.speechemotion.corpus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The emotions of the labels in a manifest: their names, and the user's mapping of others. */
final class ManifestLabels {
    static final String KEY = "corpora.manifest.labels";

    /** The maximum number of labels in a message. */
    private static final int MAX_LISTED = 20;

    private static final int MAX_LABEL_LENGTH = 40;

    private final EmotionSet emotions;
    private final Map<String, Optional<Emotion>> given = new HashMap<>();

    /**
     * Validates the user's mapping.
     *
     * @param emotions the emotions that the manifest may label
     * @param labels the mapping: label → name of an emotion, or "" to exclude the rows of the label
     * @throws IllegalArgumentException if a name is unknown, or two spellings of a label have different emotions
     */
    ManifestLabels(EmotionSet emotions, Map<String, String> labels) {
        this.emotions = emotions;
        labels.forEach((label, name) -> {
            Optional<Emotion> emotion = name.isBlank() ? Optional.empty() : Optional.of(emotion(label, name));
            Optional<Emotion> other = given.put(EmotionNames.key(label), emotion);
            if (other != null && !other.equals(emotion)) {
                throw new IllegalArgumentException(KEY + " has the label \"" + label + "\" twice, with two emotions");
            }
        });
    }

    private Emotion emotion(String label, String name) {
        try {
            return emotions.parse(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s.%s: %s; \"\" excludes the rows of the label".formatted(KEY, label, e.getMessage()), e);
        }
    }

    /**
     * Returns the emotion of a label; empty if its rows are excluded.
     *
     * @param label a label that has passed {@link #requireKnown}
     */
    Optional<Emotion> emotion(String label) {
        Optional<Emotion> found = given.get(EmotionNames.key(label));
        return found != null ? found : emotions.find(label);
    }

    /**
     * Checks that every label is known.
     *
     * @param labels the labels of all rows in order
     * @throws IllegalArgumentException if a label is unknown; the message lists the labels with their counts
     */
    void requireKnown(String file, List<String> labels) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        labels.forEach(label -> counts.merge(label, 1, Integer::sum));
        List<String> unknown = counts.keySet().stream()
                .filter(label -> !given.containsKey(EmotionNames.key(label)))
                .filter(label -> emotions.find(label).isEmpty())
                .toList();
        if (unknown.isEmpty()) {
            return;
        }
        throw new IllegalArgumentException(
                "%s: no emotion is called %s. Map each such label with %s.<label>=<emotion>, or exclude its rows with %s.<label>=\"\". Labels found: %s"
                        .formatted(file, described(unknown), KEY, KEY, listed(counts)));
    }

    private String described(List<String> labels) {
        return shortened(labels.stream()
                .map(label -> quoted(label)
                        + emotions.nearest(label)
                                .map(" (did you mean %s?)"::formatted)
                                .orElse(""))
                .toList());
    }

    private static String listed(Map<String, Integer> counts) {
        return shortened(counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(label -> quoted(label.getKey()) + " " + label.getValue())
                .toList());
    }

    private static String shortened(List<String> texts) {
        List<String> shown = new ArrayList<>(texts.subList(0, Math.min(MAX_LISTED, texts.size())));
        if (texts.size() > MAX_LISTED) {
            shown.add("and " + (texts.size() - MAX_LISTED) + " more");
        }
        return shown.stream().collect(Collectors.joining(", "));
    }

    /** Returns a label in one line and in quotes. */
    private static String quoted(String label) {
        String line = label.replaceAll("[\\p{Cc}\\p{Cf}\\s]+", " ");
        return '"' + (line.length() > MAX_LABEL_LENGTH ? line.substring(0, MAX_LABEL_LENGTH) + "…" : line) + '"';
    }
}
