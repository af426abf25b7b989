package org.speechemotion.spark.bindings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.augment.Augmentation;
import org.speechemotion.augment.AugmentationChain;
import org.speechemotion.augment.AugmentationKind;
import org.speechemotion.augment.AugmentationSettings;
import org.speechemotion.augment.FrameMasking;
import org.speechemotion.augment.Mixup;
import org.speechemotion.corpus.Corpus;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.corpus.Entry;
import org.speechemotion.corpus.Manifest;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.encoder.Lora;
import org.speechemotion.encoder.PretrainedSettings;
import org.speechemotion.encoder.PretrainedSettings.ExecutionProvider;
import org.speechemotion.encoder.PretrainedSettings.Precision;
import org.speechemotion.encoder.PretrainedSettings.Processor;
import org.speechemotion.encoder.ProsodyEncoder;
import org.speechemotion.encoder.ProsodySettings;
import org.speechemotion.encoder.pretrained.PretrainedEncoder;
import org.speechemotion.features.FeatureSettings;
import org.speechemotion.metrics.LabelMap;
import org.speechemotion.model.NetworkSettings;
import org.speechemotion.model.PretrainedWeights;
import org.speechemotion.plugin.Plugins;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;
import org.speechemotion.spark.catalog.Catalog;
import org.speechemotion.spark.clips.EncoderFolders;
import org.speechemotion.spark.features.FeatureRun;
import org.speechemotion.spark.features.FrameSettings;
import org.speechemotion.spark.training.CrossCorpus;
import org.speechemotion.spark.training.RunSettings;
import org.speechemotion.split.SimilarSpeakers;
import org.speechemotion.split.SplitSettings;
import org.speechemotion.train.RunFolder;
import org.speechemotion.train.TrainingSettings;

/** Binds settings to the records that the packages take, for the commands and for the Spark ML stages. */
public final class Bindings {
    /** The sections that influence the result of training; see {@link #decisive}. */
    private static final List<String> DECISIVE =
            List.of("audio", "augmentation", "encoder", "features", "network", "pretrained", "split", "training");

    /**
     * The keys of these sections that may change: those without influence on the result, and those that a run compares itself,
     * namely the number of workers and the content of the encoder's files.
     */
    private static final Set<String> CHANGEABLE = Set.of(
            "audio.ffmpeg.program",
            "audio.ffmpeg.stall-seconds",
            "audio.ffmpeg.maximum-memory-bytes",
            "audio.ffmpeg.maximum-temporary-bytes",
            "encoder.path",
            "encoder.threads",
            "encoder.distribute",
            "encoder.embed",
            "features.path",
            "training.seeds",
            "training.workers",
            "training.cache-megabytes");

    private Bindings() {}

    /**
     * Returns the text of a key that must be given.
     *
     * @throws SettingsException if it is not given
     */
    public static String required(Settings settings, String key) {
        String value = settings.string(key);
        if (value.isEmpty()) {
            throw new SettingsException(key + " is not given: add " + key + "=…");
        }
        return value;
    }

    public static AudioSettings audio(Settings settings) {
        return settings.bind("audio", AudioSettings.class);
    }

    /** Models of earlier versions name no adapters. */
    private record TrainedPart(
            int unfreezeLastNLayers, boolean freezeEncoder, boolean freezeFeatureExtractor, Optional<Lora> lora) {
        TrainedPart {
            // It checks the values together, under the name of the section.
            new PretrainedSettings.FineTuning(
                    unfreezeLastNLayers, freezeEncoder, freezeFeatureExtractor, lora.orElse(Lora.NONE));
        }

        PretrainedSettings.FineTuning fineTuning() {
            return new PretrainedSettings.FineTuning(
                    unfreezeLastNLayers, freezeEncoder, freezeFeatureExtractor, lora.orElse(Lora.NONE));
        }
    }

    /** Binds the settings of the encoder; its path is as it was given. */
    public static EncoderSettings encoder(Settings settings) {
        String path = settings.string("encoder.path");
        String name = settings.string("encoder.name");
        return new EncoderSettings(
                name.isEmpty() ? path.isEmpty() ? ProsodyEncoder.NAME : PretrainedEncoder.NAME : name,
                audio(settings).sampleRate(),
                settings.bind("encoder.log-mel", LogMelSettings.class),
                settings.bind("encoder.prosody", ProsodySettings.class),
                new PretrainedSettings(
                        path,
                        settings.string("encoder.layer"),
                        settings.bind("training", TrainedPart.class).fineTuning(),
                        settings.choice("encoder.engine", PretrainedSettings.Engine.class),
                        precision(settings).orElse(Precision.FLOAT32),
                        processor(settings),
                        settings.number("encoder.trim-decibels"),
                        settings.integer("encoder.threads"),
                        settings.number("encoder.window-seconds"),
                        settings.number("encoder.overlap-seconds")));
    }

    /** Returns the precision that is set, which models of earlier versions do not name. */
    static Optional<Precision> precision(Settings settings) {
        return settings.optionalString("encoder.precision")
                .map(given -> settings.choice("encoder.precision", Precision.class));
    }

    /** Returns the processor that is set. A task with a GPU of its own takes that. */
    static Processor processor(Settings settings) {
        return settings.optionalString("encoder.provider")
                .map(given -> new Processor(settings.choice("encoder.provider", ExecutionProvider.class), 0))
                .orElse(Processor.CPU);
    }

    private static NetworkSettings network(Settings settings) {
        NetworkSettings network = settings.bind("network", NetworkSettings.class);
        boolean context =
                switch (settings.choice("network.context.use", Use.class)) {
                    case ALWAYS -> true;
                    case NEVER -> false;
                    case AUTO -> Encoders.isWeightFree(encoder(settings));
                };
        boolean branches =
                switch (settings.choice("network.branches.use", Use.class)) {
                    case ALWAYS -> true;
                    case NEVER -> false;
                    case AUTO -> encoder(settings).name().equals(ProsodyEncoder.NAME);
                };
        NetworkSettings layers = context ? network : network.withoutContext();
        return branches ? layers : layers.with(NetworkSettings.BranchSettings.ONE);
    }

    private enum Use {
        AUTO,
        ALWAYS,
        NEVER
    }

    /**
     * Binds all settings of a training run.
     *
     * @throws SettingsException if there are several seeds
     */
    public static RunSettings training(Settings settings) {
        if (!seeds(settings).isEmpty()) {
            throw new SettingsException("training.seeds is " + seeds(settings)
                    + "; allowed: [], since only cross-validate trains with several seeds; set training.seed");
        }
        return crossValidation(settings);
    }

    /** Returns the seeds of a repeated cross-validation; empty for a single one with {@code training.seed}. */
    public static List<Long> seeds(Settings settings) {
        return settings.bind("training", Seeds.class).seeds();
    }

    private record Seeds(List<Long> seeds) {}

    /** Binds all settings of a cross-validation with one seed. */
    public static RunSettings crossValidation(Settings settings) {
        return new RunSettings(
                frames(settings),
                new RunSettings.Sides(
                        settings.bind("split", SplitSettings.class),
                        settings.bool("split.allow-equal-content"),
                        settings.bool("split.allow-similar-speakers")),
                new RunSettings.Model(
                        network(settings),
                        settings.bind("training", TrainingSettings.class),
                        settings.bind("pretrained", PretrainedWeights.Settings.class)),
                new RunSettings.Output(
                        settings.bool("encoder.embed"),
                        settings.integer("run.keep-checkpoints"),
                        settings.integer("run.misclassified")),
                new RunSettings.Source(decisive(settings), settings.render(), gitCommit()));
    }

    /** Binds the settings of a feature store, which equal those of a training run that reads it. */
    public static FeatureRun.Settings featureRun(Settings settings) {
        return new FeatureRun.Settings(
                frames(settings),
                settings.bind("split", SplitSettings.class),
                settings.bool("split.allow-similar-speakers"),
                settings.integer("training.cache-megabytes"));
    }

    private static FrameSettings frames(Settings settings) {
        return new FrameSettings(
                audio(settings),
                EncoderFolders.absolute(encoder(settings), Path.of("")),
                settings.bool("encoder.distribute"),
                allAugmentation(settings),
                settings.bind("features", FeatureSettings.class));
    }

    private static AugmentationSettings allAugmentation(Settings settings) {
        return new AugmentationSettings(
                augmentation(settings),
                settings.bind("augmentation.frame-masking", FrameMasking.class),
                settings.bind("augmentation.mixup", Mixup.class));
    }

    /** Binds the steps of the chain, each to its own section. */
    public static AugmentationChain augmentation(Settings settings) {
        List<AugmentationChain.Step> steps = new ArrayList<>();
        for (String name : settings.bind("augmentation", Chain.class).chain()) {
            AugmentationKind kind = Plugins.find(AugmentationKind.class, name);
            String section = "augmentation." + name;
            steps.add(new AugmentationChain.Step(name, settings.number(section + ".probability"), (Augmentation)
                    settings.bind(section, kind.type())));
        }
        return new AugmentationChain(
                steps, settings.bind("training", Seed.class).seed());
    }

    private record Chain(List<String> chain) {}

    private record Seed(long seed) {}

    /** Returns the settings that must not change when a run is resumed. */
    private static Map<String, String> decisive(Settings settings) {
        Map<String, String> decisive = settings.values(DECISIVE);
        decisive.keySet().removeAll(CHANGEABLE);
        if (!settings.bind("training", TrainingSettings.class).schedule().spansTheTraining()) {
            decisive.remove("training.epochs");
        }
        return decisive;
    }

    /** Creates the folder of a new run, or opens that of a run that is resumed. */
    public static RunFolder runFolder(Settings settings) throws IOException {
        boolean resume = settings.bool("run.resume");
        if (resume) {
            required(settings, "run.label");
        }
        return new RunFolder(
                Path.of(settings.string("run.directory")),
                settings.string("run.experiment"),
                runLabel(settings),
                resume);
    }

    private static String runLabel(Settings settings) {
        String label = settings.string("run.label");
        return label.isEmpty()
                ? LocalDateTime.now(ZoneId.systemDefault()).format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"))
                : label;
    }

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

    /** Binds the settings of a cross-corpus evaluation. */
    public static CrossCorpus.Settings crossCorpus(Settings settings) {
        return new CrossCorpus.Settings(
                settings.bind("cross-corpus", Trainings.class).trainings().stream()
                        .map(Bindings::training)
                        .toList(),
                LabelMap.of(emotions(settings), emotions(settings), settings.texts(LabelMap.KEY)));
    }

    private record Trainings(List<String> trainings) {}

    private static CrossCorpus.Training training(String name) {
        return Arrays.stream(CrossCorpus.Training.values())
                .filter(one ->
                        one.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name))
                .findFirst()
                .orElseThrow(() -> new SettingsException(
                        "cross-corpus.trainings has \"" + name + "\"; allowed: each, all-but-one, all"));
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
                    .map(entry -> ((Entry.Labelled) entry).clip().actorId())
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

    /** Returns the version and the commit of this build. */
    public static String buildVersion() {
        return build("git.build.version") + " (" + gitCommit() + ")";
    }

    private static String gitCommit() {
        return build("git.commit.id");
    }

    private static String build(String property) {
        Properties properties = new Properties();
        try (InputStream in = Bindings.class.getResourceAsStream("/speech-emotion-build.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty(property, "unknown");
    }
}
