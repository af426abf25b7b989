package org.speechemotion.spark.bindings;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.augment.Augmentation;
import org.speechemotion.augment.AugmentationChain;
import org.speechemotion.augment.AugmentationKind;
import org.speechemotion.augment.AugmentationSettings;
import org.speechemotion.augment.FrameMasking;
import org.speechemotion.augment.Mixup;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.encoder.ProsodyEncoder;
import org.speechemotion.features.FeatureSettings;
import org.speechemotion.metrics.LabelMap;
import org.speechemotion.model.NetworkSettings;
import org.speechemotion.model.PretrainedWeights;
import org.speechemotion.plugin.Plugins;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;
import org.speechemotion.spark.clips.EncoderFolders;
import org.speechemotion.spark.features.FeatureRun;
import org.speechemotion.spark.features.FrameSettings;
import org.speechemotion.spark.training.CrossCorpus;
import org.speechemotion.spark.training.RunSettings;
import org.speechemotion.split.SplitSettings;
import org.speechemotion.train.RunFolder;
import org.speechemotion.train.TrainingSettings;

/** Binds settings to the records of trainings, of their evaluations and of feature stores. */
public final class TrainingBindings {
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

    private TrainingBindings() {}

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
                new RunSettings.Source(decisive(settings), settings.render(), BuildVersion.commit()));
    }

    /** Binds the settings of a cross-corpus evaluation. */
    public static CrossCorpus.Settings crossCorpus(Settings settings) {
        return new CrossCorpus.Settings(
                settings.bind("cross-corpus", Trainings.class).trainings().stream()
                        .map(TrainingBindings::training)
                        .toList(),
                LabelMap.of(
                        CorpusBindings.emotions(settings),
                        CorpusBindings.emotions(settings),
                        settings.texts(LabelMap.KEY)));
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

    private static NetworkSettings network(Settings settings) {
        NetworkSettings network = settings.bind("network", NetworkSettings.class);
        boolean context =
                switch (settings.choice("network.context.use", Use.class)) {
                    case ALWAYS -> true;
                    case NEVER -> false;
                    case AUTO -> Encoders.isWeightFree(EncoderBindings.encoder(settings));
                };
        boolean branches =
                switch (settings.choice("network.branches.use", Use.class)) {
                    case ALWAYS -> true;
                    case NEVER -> false;
                    case AUTO -> EncoderBindings.encoder(settings).name().equals(ProsodyEncoder.NAME);
                };
        NetworkSettings layers = context ? network : network.withoutContext();
        return branches ? layers : layers.with(NetworkSettings.BranchSettings.ONE);
    }

    private enum Use {
        AUTO,
        ALWAYS,
        NEVER
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
                settings.bind("audio", AudioSettings.class),
                EncoderFolders.absolute(EncoderBindings.encoder(settings), Path.of("")),
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
            settings.required("run.label");
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
}
