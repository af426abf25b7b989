package org.speechemotion.spark.training;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.augment.AugmentationSettings;
import org.speechemotion.common.Sha256;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.LogMelEncoder;
import org.speechemotion.features.FeatureSettings;
import org.speechemotion.model.BundleManifest;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.model.NetworkSettings;
import org.speechemotion.model.PretrainedWeights;
import org.speechemotion.report.EmbeddingPlot;
import org.speechemotion.report.Provenance;
import org.speechemotion.report.RunResult;
import org.speechemotion.report.SideResult;
import org.speechemotion.report.TrainedEmotions;
import org.speechemotion.spark.catalog.Catalog;
import org.speechemotion.spark.catalog.CatalogClips;
import org.speechemotion.spark.clips.ClipPipeline;
import org.speechemotion.spark.clips.FrameSource;
import org.speechemotion.spark.clips.OnTheFlyFrames;
import org.speechemotion.spark.clips.RunEncoder;
import org.speechemotion.spark.clips.SoundListing;
import org.speechemotion.spark.features.FeatureBuild;
import org.speechemotion.spark.io.HadoopAudio;
import org.speechemotion.spark.io.ParquetTable;
import org.speechemotion.split.Side;
import org.speechemotion.split.SimilarSpeakers;
import org.speechemotion.split.SpeakerSplit;
import org.speechemotion.split.SpeakerSplitter;
import org.speechemotion.split.SplitSettings;
import org.speechemotion.train.Example;
import org.speechemotion.train.RunFolder;
import org.speechemotion.train.Trainer;
import org.speechemotion.train.Trainer.Prediction;
import org.speechemotion.train.TrainingLoop;
import org.speechemotion.train.TrainingSettings;

/** One training run, from a catalog to a model and its test figures, leaving everything in the run's folder. */
public final class TrainingRun {
    /**
     * Everything that decides a run.
     *
     * @param audio limits of the clips
     * @param encoder its path absolute
     * @param distributeEncoder whether its folder is sent to the executors
     * @param embedEncoder whether the model holds a copy of its folder
     * @param allowEqualContent whether one recording may be on two sides of the split
     * @param allowSimilarSpeakers whether ids that differ in case, spaces or zeros alone may be two speakers
     * @param augmentation of training clips
     * @param features whether frames are stored, and how
     * @param pretrained whose weights it begins with
     * @param keepCheckpoints how many of the latest stay
     * @param misclassified how many of the worst errors are copied into the run's folder
     * @param decided the settings that a run must go on with as it began: key → value
     * @param resolved all settings as HOCON, for the record and for whoever opens the model
     * @param gitCommit of this code
     */
    public record Settings(
            AudioSettings audio,
            EncoderSettings encoder,
            boolean distributeEncoder,
            boolean embedEncoder,
            NetworkSettings network,
            SplitSettings split,
            boolean allowEqualContent,
            boolean allowSimilarSpeakers,
            TrainingSettings training,
            AugmentationSettings augmentation,
            FeatureSettings features,
            PretrainedWeights.Settings pretrained,
            int keepCheckpoints,
            int misclassified,
            Map<String, String> decided,
            String resolved,
            String gitCommit) {
        public Settings {
            if (misclassified < 0) {
                throw new IllegalArgumentException("run.misclassified is " + misclassified + ": allowed is 0 or more");
            }
        }

        /**
         * Returns the number of workers. Where it is not set, log-mel is trained by one worker, which learns more from
         * the same clips than several, and any other encoder by one on each core.
         *
         * @param cores the number of cores that the run may use
         */
        int workers(int cores) {
            if (training.workers() > 0) {
                return training.workers();
            }
            return encoder.name().equals(LogMelEncoder.NAME) ? 1 : cores;
        }

        /** The same with another split, and so many workers. */
        Settings with(SplitSettings otherSplit, int workers) {
            return new Settings(
                    audio,
                    encoder,
                    distributeEncoder,
                    embedEncoder,
                    network,
                    otherSplit,
                    allowEqualContent,
                    allowSimilarSpeakers,
                    training.withWorkers(workers),
                    augmentation,
                    features,
                    pretrained,
                    keepCheckpoints,
                    misclassified,
                    decided,
                    resolved,
                    gitCommit);
        }
    }

    private final SparkSession session;
    private final JavaSparkContext context;
    private final Settings settings;
    private final RunFolder folder;
    private final Consumer<String> console;

    /**
     * Prepares a run.
     *
     * @param console is told how the run goes, line by line; {@code run.log} holds the same
     */
    public TrainingRun(SparkSession session, Settings settings, RunFolder folder, Consumer<String> console) {
        this.session = session;
        this.context = JavaSparkContext.fromSparkContext(session.sparkContext());
        this.settings = settings.with(settings.split(), settings.workers(context.defaultParallelism()));
        this.folder = folder;
        this.console = console;
    }

    /**
     * Trains, evaluates and writes the run's folder.
     *
     * @param catalog see {@link Catalog}
     * @return its predictions and figures
     * @throws IllegalArgumentException where the catalog and the settings do not fit, or another process trains the run
     */
    public RunResult run(Dataset<Row> catalog) throws IOException {
        return folder.withLock(() -> train(catalog));
    }

    private RunResult train(Dataset<Row> catalog) throws IOException {
        long start = System.nanoTime();
        // Before a corpus is listed and decoded, since much of what can be wrong is told here.
        NetworkTraining network = new NetworkTraining(context, settings, folder, this::say);
        List<Row> rows = Catalog.complete(catalog).collectAsList();
        CatalogClips clips = CatalogClips.of(session.createDataFrame(rows, Catalog.SCHEMA));
        if (!settings.allowSimilarSpeakers()) {
            SimilarSpeakers.requireNone(clips.actors());
        }
        SpeakerSplit split = SpeakerSplitter.split(clips.actors(), settings.split());
        if (!settings.allowEqualContent()) {
            clips.requireNoLeak(split);
        }
        network.requireSame("the catalog's clips", clips.fingerprint());
        folder.writeConfig(settings.resolved());
        ParquetTable.write(rows, Catalog.SCHEMA, folder.catalog());
        folder.writeSplit(split.toCsv());
        List<Example> training = clips.on(Side.TRAIN, split);
        List<Example> validation = clips.on(Side.VALIDATION, split);
        List<Example> test = clips.on(Side.TEST, split);
        say(rows.size() + " files catalogued, " + clips.rejections().total() + " rejected; clips: " + training.size()
                + " training ("
                + split.actors(Side.TRAIN).size() + " actors), "
                + validation.size() + " validation " + split.actors(Side.VALIDATION) + ", "
                + test.size() + " test " + split.actors(Side.TEST));
        clips.rejections().lines().forEach(this::say);
        TrainedEmotions emotions = TrainedEmotions.of(training);
        say("training clips by emotion: " + emotions);
        emotions.warning().ifPresent(this::say);

        try (RunEncoder encoder = new RunEncoder(context, settings.encoder(), settings.distributeEncoder())) {
            return train(start, clips, split, encoder, network);
        }
    }

    private RunResult train(
            long start, CatalogClips clips, SpeakerSplit split, RunEncoder encoder, NetworkTraining network)
            throws IOException {
        List<Example> validation = clips.on(Side.VALIDATION, split);
        List<Example> test = clips.on(Side.TEST, split);
        ClipPipeline pipeline = new ClipPipeline(settings.audio(), encoder.everywhere(), context.hadoopConfiguration())
                .requiring(encoder.encoder().fingerprint());
        SoundListing sounds = SoundListing.of(settings.augmentation().chain().folders(), context.hadoopConfiguration());
        OnTheFlyFrames made = new OnTheFlyFrames(
                pipeline,
                settings.training().cacheMegabytes(),
                settings.augmentation().chain(),
                sounds,
                ParameterAveraging.coresOfAWorker(context, settings.training()));
        FrameSource frames =
                switch (settings.features().mode()) {
                    case ON_THE_FLY -> made;
                    case VIEWS -> new FeatureBuild(
                                    context, made, encoder.encoder(), settings.features(), folder.features(), this::say)
                            .frames(
                                    clips.all(),
                                    clips.on(Side.TRAIN, split),
                                    settings.training().seed());
                };
        int timeMultiple = encoder.timeMultiple(settings.network().context().totalStride());
        network.requireSame("the encoder's fingerprint", encoder.encoder().fingerprint());
        network.requireSame("the augmentation's sounds", Sha256.of(new TreeMap<>(sounds.files()).toString()));
        TrainingLoop.TrainedNetwork outcome =
                network.run(clips.on(Side.TRAIN, split), validation, encoder, frames, timeMultiple);
        say("kept " + outcome.epochs().text() + " of " + settings.training().epochs() + "; trained in "
                + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s");

        double temperature = Trainer.temperature(outcome.validation());
        List<SideResult> sides = new ArrayList<>();
        if (!validation.isEmpty()) {
            sides.add(SideResult.of(Side.VALIDATION.id(), outcome.validation(), temperature));
        }
        if (!test.isEmpty()) {
            // Once, after the last choice was made: nothing chooses by these figures.
            List<Prediction> predictions = ParameterAveraging.predict(
                    context, outcome.network(), frames, settings.training(), test, timeMultiple);
            sides.add(SideResult.of(Side.TEST.id(), predictions, temperature));
        }
        RunResult result = new RunResult(outcome.epochs(), temperature, sides);
        Map<String, String> files = settings.embedEncoder() ? encoder.embedInto(folder.model()) : Map.of();
        ModelBundle.of(outcome.network(), manifest(clips, split, encoder, timeMultiple, result, files))
                .write(folder.model());
        HadoopAudio audio = new HadoopAudio(context.hadoopConfiguration());
        double seconds = (System.nanoTime() - start) / 1e9;
        Provenance provenance =
                RunProvenance.of(context, settings, clips, split, encoder.encoder(), result.kept(), seconds);
        Optional<EmbeddingPlot> map = result.shown()
                .map(side -> EmbeddingPlot.sample(side.predictions()))
                .map(shown -> new EmbeddingPlot(
                        shown,
                        ParameterAveraging.embeddings(
                                context, outcome.network(), frames, settings.training(), shown, timeMultiple)));
        new RunReport(folder, audio, settings, this::say)
                .write(
                        result,
                        network.history(),
                        provenance,
                        TrainedEmotions.of(clips.on(Side.TRAIN, split)),
                        clips.rejections(),
                        map);
        return result;
    }

    private BundleManifest manifest(
            CatalogClips clips,
            SpeakerSplit split,
            RunEncoder runEncoder,
            int timeMultiple,
            RunResult result,
            Map<String, String> files) {
        Map<String, String> sides = new TreeMap<>();
        split.assignment().forEach((actor, side) -> sides.put(actor, side.id()));
        Encoder encoder = runEncoder.encoder();
        return new BundleManifest(
                BundleManifest.FORMAT_VERSION,
                "",
                Clock.systemUTC().instant().toString(),
                settings.gitCommit(),
                encoder.name(),
                runEncoder.path(settings.embedEncoder()),
                encoder.fingerprint(),
                Arrays.stream(Emotion.values()).map(Emotion::id).toList(),
                encoder.sampleRate(),
                timeMultiple,
                result.temperature(),
                settings.resolved(),
                sides,
                clips.counts(split),
                result.metrics(),
                files);
    }

    private void say(String line) {
        console.accept(line);
        folder.log(line);
    }
}
