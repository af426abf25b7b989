package org.speechemotion.spark.bindings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.augment.Augmentation;
import org.speechemotion.augment.AugmentationChain;
import org.speechemotion.augment.AugmentationKind;
import org.speechemotion.augment.AugmentationSettings;
import org.speechemotion.augment.FrameMasking;
import org.speechemotion.augment.Mixup;
import org.speechemotion.corpus.Corpus;
import org.speechemotion.corpus.Entry;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.LogMelEncoder;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.encoder.PretrainedSettings;
import org.speechemotion.encoder.pretrained.PretrainedEncoder;
import org.speechemotion.features.FeatureSettings;
import org.speechemotion.model.NetworkSettings;
import org.speechemotion.model.PretrainedWeights;
import org.speechemotion.plugin.Plugins;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;
import org.speechemotion.spark.catalog.Catalog;
import org.speechemotion.spark.clips.EncoderFolders;
import org.speechemotion.spark.features.FeatureRun;
import org.speechemotion.spark.training.TrainingRun;
import org.speechemotion.split.SimilarSpeakers;
import org.speechemotion.split.SplitSettings;
import org.speechemotion.train.RunFolder;
import org.speechemotion.train.TrainingSettings;

/** From settings to what the library takes: the one place where keys become records, for the jobs and for Spark ML. */
public final class Bindings {
    /** The sections whose settings decide what a training comes to; see {@link #decided}. */
    private static final List<String> DECIDING =
            List.of("audio", "augmentation", "encoder", "features", "network", "pretrained", "split", "training");

    /** Of those, what changes nothing, or what a run looks at more closely than by name: workers, and files by contents. */
    private static final Set<String> FREE = Set.of(
            "encoder.path",
            "encoder.threads",
            "encoder.distribute",
            "encoder.embed",
            "features.path",
            "training.workers",
            "training.cache-megabytes");

    private Bindings() {}

    /**
     * The text at a key that must be given.
     *
     * @throws SettingsException where it is not
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

    /** The encoder that the settings name, its path as it is written there. */
    public static EncoderSettings encoder(Settings settings) {
        String path = settings.string("encoder.path");
        String name = settings.string("encoder.name");
        return new EncoderSettings(
                name.isEmpty() ? path.isEmpty() ? LogMelEncoder.NAME : PretrainedEncoder.NAME : name,
                audio(settings).sampleRate(),
                settings.bind("encoder.log-mel", LogMelSettings.class),
                new PretrainedSettings(
                        path,
                        settings.string("encoder.layer"),
                        settings.bind("training", PretrainedSettings.FineTuning.class),
                        settings.choice("encoder.engine", PretrainedSettings.Engine.class),
                        settings.integer("encoder.threads"),
                        settings.number("encoder.window-seconds"),
                        settings.number("encoder.overlap-seconds")));
    }

    private static NetworkSettings network(Settings settings) {
        NetworkSettings network = settings.bind("network", NetworkSettings.class);
        boolean context =
                switch (settings.choice("network.context.use", ContextUse.class)) {
                    case ALWAYS -> true;
                    case NEVER -> false;
                    case AUTO -> encoder(settings).name().equals(LogMelEncoder.NAME);
                };
        return context ? network : network.withoutContext();
    }

    private enum ContextUse {
        AUTO,
        ALWAYS,
        NEVER
    }

    /** Everything that decides a run. */
    public static TrainingRun.Settings training(Settings settings) {
        return new TrainingRun.Settings(
                audio(settings),
                EncoderFolders.absolute(encoder(settings), Path.of("")),
                settings.bool("encoder.distribute"),
                settings.bool("encoder.embed"),
                network(settings),
                settings.bind("split", SplitSettings.class),
                settings.bool("split.allow-equal-content"),
                settings.bool("split.allow-similar-speakers"),
                settings.bind("training", TrainingSettings.class),
                new AugmentationSettings(
                        augmentation(settings),
                        settings.bind("augmentation.frame-masking", FrameMasking.class),
                        settings.bind("augmentation.mixup", Mixup.class)),
                settings.bind("features", FeatureSettings.class),
                settings.bind("pretrained", PretrainedWeights.Settings.class),
                settings.integer("run.keep-checkpoints"),
                settings.integer("run.misclassified"),
                decided(settings),
                settings.render(),
                gitCommit());
    }

    /** The settings that decide a feature store: the same as those of a training run that reads it. */
    public static FeatureRun.Settings featureRun(Settings settings) {
        TrainingRun.Settings run = training(settings);
        return new FeatureRun.Settings(
                run.audio(),
                run.encoder(),
                run.distributeEncoder(),
                run.augmentation(),
                run.features(),
                run.split(),
                run.allowSimilarSpeakers(),
                run.training().cacheMegabytes());
    }

    /** The steps that the chain names, each bound to its own section. */
    public static AugmentationChain augmentation(Settings settings) {
        List<AugmentationChain.Step> steps = new ArrayList<>();
        for (String name : settings.bind("augmentation", Chain.class).chain()) {
            AugmentationKind kind = Plugins.find(AugmentationKind.class, name);
            String section = "augmentation." + name;
            steps.add(new AugmentationChain.Step(name, settings.number(section + ".probability"), (Augmentation)
                    settings.bind(section, kind.type())));
        }
        return new AugmentationChain(
                steps, settings.bind("training", TrainingSettings.class).seed());
    }

    private record Chain(List<String> chain) {}

    /** What a run must go on with as it began. */
    private static Map<String, String> decided(Settings settings) {
        Map<String, String> decided = settings.values(DECIDING);
        decided.keySet().removeAll(FREE);
        if (!settings.bind("training", TrainingSettings.class).schedule().spansTheTraining()) {
            decided.remove("training.epochs");
        }
        return decided;
    }

    /** The folder of a run that begins, or of the one that goes on. */
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

    /** Every file of every corpus whose path is given. */
    public static List<Entry> corpora(Settings settings, Configuration hadoop) throws IOException {
        List<Entry> entries = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        boolean any = false;
        for (Corpus corpus : Plugins.all(Corpus.class)) {
            String section = "corpora." + corpus.name();
            keys.add(section + ".path");
            Optional<String> root = settings.optionalString(section + ".path");
            if (root.isPresent()) {
                any = true;
                Map<String, String> options = new HashMap<>();
                corpus.options().forEach(option -> options.putAll(option(settings, section, option)));
                entries.addAll(Catalog.entries(corpus, root.get(), options, hadoop));
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

    /** An option's value; of one that ends in a dot, those of the section that it names. */
    private static Map<String, String> option(Settings settings, String section, String option) {
        if (!option.endsWith(".")) {
            return Map.of(option, settings.string(section + "." + option));
        }
        Map<String, String> values = new HashMap<>();
        settings.texts(section + "." + option.substring(0, option.length() - 1))
                .forEach((key, value) -> values.put(option + key, value));
        return values;
    }

    private static String gitCommit() {
        Properties properties = new Properties();
        try (InputStream in = Bindings.class.getResourceAsStream("/speech-emotion-build.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("git.commit.id", "unknown");
    }
}
