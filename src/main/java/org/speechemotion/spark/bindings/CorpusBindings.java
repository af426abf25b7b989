package org.speechemotion.spark.bindings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.speechemotion.corpus.Corpus;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.corpus.Entry;
import org.speechemotion.corpus.Manifest;
import org.speechemotion.plugin.Plugins;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;
import org.speechemotion.spark.catalog.Catalog;
import org.speechemotion.split.SimilarSpeakers;

/** Lists the files of the corpora that settings name, and binds their emotions. */
public final class CorpusBindings {
    private CorpusBindings() {}

    /**
     * Binds the emotions of the corpora.
     *
     * @return {@link EmotionSet#EIGHT} if the setting is empty
     * @throws SettingsException if a name is not allowed, or there are too few or too many
     */
    public static EmotionSet emotions(Settings settings) {
        List<String> ids = settings.bind("corpora", Emotions.class).emotions();
        try {
            return ids.isEmpty() ? EmotionSet.EIGHT : EmotionSet.ofCorpus(ids);
        } catch (IllegalArgumentException e) {
            throw new SettingsException("corpora.emotions: " + e.getMessage(), e);
        }
    }

    private record Emotions(List<String> emotions) {}

    /** Returns settings for reading clips for a model: if they name no emotions, those of the model and the eight. */
    public static Settings readingFor(EmotionSet emotions, Settings settings) {
        boolean named = !settings.bind("corpora", Emotions.class).emotions().isEmpty();
        return named
                ? settings
                : settings.with(
                        "corpora.emotions", emotions.and(EmotionSet.EIGHT).ids());
    }

    /**
     * Lists the files of every corpus whose path is given.
     *
     * @throws SettingsException if no path is given or there are no audio files
     */
    public static List<Entry> corpora(Settings settings, Configuration hadoop) throws IOException {
        return listed(settings, List.of(), hadoop);
    }

    /**
     * Lists the files of every corpus whose path is given and of the manifests of {@code cross-corpus.corpora}.
     *
     * @throws SettingsException as {@link #corpora}, or if two corpora have one name
     */
    public static List<Entry> crossCorpora(Settings settings, Configuration hadoop) throws IOException {
        String section = "cross-corpus.corpora";
        Set<String> names = new TreeSet<>();
        for (Corpus corpus : Plugins.all(Corpus.class)) {
            if (settings.optionalString("corpora." + corpus.name() + ".path").isPresent()) {
                names.add(corpus instanceof Manifest ? settings.string("corpora.manifest.name") : corpus.name());
            }
        }
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, String> manifest : settings.texts(section).entrySet()) {
            String name = manifest.getKey();
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
                throw new SettingsException(section + " has the name \"" + name
                        + "\"; allowed: letters, digits, '.', '_' and '-', with a letter or digit first");
            }
            if (!names.add(name)) {
                throw new SettingsException(section + " has the corpus " + name + ", which is given twice");
            }
            Map<String, String> options = new HashMap<>(option(settings, "corpora.manifest", "labels."));
            options.put("name", name);
            entries.addAll(Catalog.entries(new Manifest(emotions(settings)), manifest.getValue(), options, hadoop));
        }
        return listed(settings, entries, hadoop);
    }

    private static List<Entry> listed(Settings settings, List<Entry> more, Configuration hadoop) throws IOException {
        List<Entry> entries = new ArrayList<>(more);
        List<String> keys = new ArrayList<>();
        boolean any = !more.isEmpty();
        for (Corpus corpus : Plugins.all(Corpus.class)) {
            String section = "corpora." + corpus.name();
            keys.add(section + ".path");
            Optional<String> root = settings.optionalString(section + ".path");
            if (root.isPresent()) {
                any = true;
                Map<String, String> options = new HashMap<>();
                corpus.options().forEach(option -> options.putAll(option(settings, section, option)));
                Corpus reader = corpus instanceof Manifest ? new Manifest(emotions(settings)) : corpus;
                entries.addAll(Catalog.entries(reader, root.get(), options, hadoop));
            }
        }
        if (!any) {
            throw new SettingsException("no corpus is given: add one of " + keys);
        }
        if (entries.isEmpty()) {
            throw new SettingsException("the corpora have no audio files");
        }
        if (!settings.bool("split.allow-similar-speakers")) {
            SimilarSpeakers.requireNone(entries.stream()
                    .filter(Entry.Labelled.class::isInstance)
                    .map(entry -> ((Entry.Labelled) entry).clip().speakerId())
                    .toList());
        }
        return entries;
    }

    /** Returns the value of an option, or all values of a section if its name ends in a dot. */
    private static Map<String, String> option(Settings settings, String section, String option) {
        if (!option.endsWith(".")) {
            return Map.of(option, settings.string(section + "." + option));
        }
        Map<String, String> values = new HashMap<>();
        settings.texts(section + "." + option.substring(0, option.length() - 1))
                .forEach((key, value) -> values.put(option + key, value));
        return values;
    }
}
