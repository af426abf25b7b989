package org.speechemotion.corpus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.speechemotion.common.NearestName;

/** What the labels of a manifest stand for: common names of the emotions, and what the user says of others. */
final class ManifestLabels {
    static final String KEY = "corpora.manifest.labels";

    /** Of what a message lists. */
    private static final int LISTED = 20;

    private static final int MAX_LISTED = 40;

    private final Map<String, Optional<Emotion>> given = new HashMap<>();

    /**
     * Takes what the user says.
     *
     * @param labels label → an emotion's name, or "" for a label whose rows are left out
     * @throws IllegalArgumentException where a name is none, or a label is there twice, in two ways to write it
     */
    ManifestLabels(Map<String, String> labels) {
        labels.forEach((label, name) -> {
            Optional<Emotion> emotion = name.isBlank() ? Optional.empty() : Optional.of(emotion(label, name));
            Optional<Emotion> other = given.put(EmotionNames.key(label), emotion);
            if (other != null && !other.equals(emotion)) {
                throw new IllegalArgumentException(KEY + " has the label \"" + label + "\" twice, with two emotions");
            }
        });
    }

    private static Emotion emotion(String label, String name) {
        try {
            return Emotion.parse(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s.%s: %s; \"\" leaves the label's rows out".formatted(KEY, label, e.getMessage()), e);
        }
    }

    /**
     * The emotion of a label; nothing where its rows are left out.
     *
     * @param label one that passed {@link #requireKnown}
     */
    Optional<Emotion> emotion(String label) {
        Optional<Emotion> found = given.get(EmotionNames.key(label));
        return found != null ? found : EmotionNames.find(label);
    }

    /**
     * Checks that every label is known.
     *
     * @param labels of all rows, in their order
     * @throws IllegalArgumentException where one is not; the message lists the labels found, with their counts
     */
    void requireKnown(String file, List<String> labels) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        labels.forEach(label -> counts.merge(label, 1, Integer::sum));
        List<String> unknown = counts.keySet().stream()
                .filter(label -> !given.containsKey(EmotionNames.key(label)))
                .filter(label -> EmotionNames.find(label).isEmpty())
                .toList();
        if (unknown.isEmpty()) {
            return;
        }
        throw new IllegalArgumentException(
                "%s: no emotion is called %s. Say what such a label stands for by %s.<label>=<emotion>, or leave its rows out by %s.<label>=\"\". Labels found: %s"
                        .formatted(file, described(unknown), KEY, KEY, listed(counts)));
    }

    private static String described(List<String> labels) {
        return shortened(labels.stream()
                .map(label -> quoted(label)
                        + NearestName.find(EmotionNames.key(label), EmotionNames.all())
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
        List<String> shown = new ArrayList<>(texts.subList(0, Math.min(LISTED, texts.size())));
        if (texts.size() > LISTED) {
            shown.add("and " + (texts.size() - LISTED) + " more");
        }
        return shown.stream().collect(Collectors.joining(", "));
    }

    /** In one line, whatever it is. */
    private static String quoted(String label) {
        String line = label.replaceAll("[\\p{Cc}\\p{Cf}\\s]+", " ");
        return '"' + (line.length() > MAX_LISTED ? line.substring(0, MAX_LISTED) + "…" : line) + '"';
    }
}
