package org.speechemotion.spark.training;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.speechemotion.acoustics.AcousticRanges;
import org.speechemotion.common.AtomicFiles;
import org.speechemotion.common.Counted;
import org.speechemotion.common.Sha256;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.metrics.Calibrator;
import org.speechemotion.model.BundleManifest;
import org.speechemotion.model.BundleManifestBuilder;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.report.EmbeddingPlot;
import org.speechemotion.report.ModelCard;
import org.speechemotion.report.Provenance;
import org.speechemotion.report.RunResult;
import org.speechemotion.report.SideResult;
import org.speechemotion.report.TrainedEmotions;
import org.speechemotion.spark.catalog.Catalog;
import org.speechemotion.spark.catalog.CatalogClips;
import org.speechemotion.spark.clips.ClipAcoustics;
import org.speechemotion.spark.clips.ClipPipeline;
import org.speechemotion.spark.clips.FrameSource;
import org.speechemotion.spark.clips.FramesBesideEncoder;
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
import org.speechemotion.train.AdversaryTargets;
import org.speechemotion.train.Example;
import org.speechemotion.train.RunFolder;
import org.speechemotion.train.Trainer;
import org.speechemotion.train.Trainer.Prediction;
import org.speechemotion.train.TrainingLoop;
import org.speechemotion.train.TrainingSettings;

/** A training run, from a catalog to a model and its test scores; all results are in the folder of the run. */
public final class TrainingRun {
    private final JavaSparkContext context;
    private final RunSettings settings;
    private final RunFolder folder;
    private final Consumer<String> console;

    /**
     * Prepares a run.
     *
     * @param console the consumer of lines about the progress, which are also written to {@code run.log}
     */
    public TrainingRun(SparkSession session, RunSettings settings, RunFolder folder, Consumer<String> console) {
        this.context = JavaSparkContext.fromSparkContext(session.sparkContext());
        this.settings = settings.withWorkers(settings.workers(context.defaultParallelism()));
        this.folder = folder;
        this.console = console;
    }

    /**
     * Trains, evaluates and writes the folder of the run.
     *
     * @param catalog the {@link Catalog}, which is computed once
     * @return the predictions and scores
     * @throws IllegalArgumentException if the catalog and the settings do not fit, or another process trains the run
     */
    public RunResult run(Dataset<Row> catalog) throws IOException {
        return folder.withLock(() -> train(() -> CatalogClips.of(catalog)));
    }

    /** Trains on a catalog that has been collected. */
    RunResult run(CatalogClips catalog) throws IOException {
        return folder.withLock(() -> train(() -> catalog));
    }

    private RunResult train(Supplier<CatalogClips> catalog) throws IOException {
        long start = System.nanoTime();
        // The settings and the encoder are checked before the corpora are decoded, which may take long.
        NetworkTraining network = new NetworkTraining(context, settings, folder, this::say);
        try (RunEncoder encoder = new RunEncoder(
                context, settings.frames().encoder(), settings.frames().distributeEncoder())) {
            CatalogClips clips = catalog.get();
            EmotionSet.ofModel(clips.emotions().ids());
            SpeakerSplit split = split(clips);
            network.requireSame("the catalog's clips", clips.fingerprint());
            folder.writeConfig(settings.source().resolved());
            ParquetTable.write(clips.rows(), Catalog.schema(clips.emotions()), folder.catalog());
            folder.writeSplit(split.toCsv());
            describe(clips, split);
            return train(start, clips, split, encoder, network);
        }
    }

    private SpeakerSplit split(CatalogClips clips) {
        if (!settings.sides().allowSimilarSpeakers()) {
            SimilarSpeakers.requireNone(clips.speakers());
        }
        SpeakerSplit split =
                SpeakerSplitter.split(clips.speakers(), settings.sides().split());
        if (!settings.sides().allowEqualContent()) {
            clips.requireNoLeak(split);
        }
        return split;
    }

    private void describe(CatalogClips clips, SpeakerSplit split) {
        List<Example> training = clips.on(Side.TRAIN, split);
        say(Counted.of(clips.rows().size(), "file") + " catalogued, "
                + clips.rejections().total() + " rejected; clips: "
                + training.size() + " training ("
                + Counted.of(split.speakers(Side.TRAIN).size(), "speaker") + "), "
                + clips.on(Side.VALIDATION, split).size() + " validation " + split.speakers(Side.VALIDATION) + ", "
                + clips.on(Side.TEST, split).size() + " test " + split.speakers(Side.TEST));
        clips.rejections().lines().forEach(this::say);
        TrainedEmotions emotions = TrainedEmotions.of(clips.emotions(), training);
        say("training clips by emotion: " + emotions);
        emotions.warning().ifPresent(this::say);
        AdversaryTargets adversary = settings.training().adversary().targets(training);
        if (!adversary.classes().isEmpty()) {
            say("the network trains against a classifier of the "
                    + adversary.classes().size() + " training "
                    + adversary.target().plural());
        }
    }

    private RunResult train(
            long start, CatalogClips clips, SpeakerSplit split, RunEncoder encoder, NetworkTraining network)
            throws IOException {
        List<Example> validation = clips.on(Side.VALIDATION, split);
        List<Example> test = clips.on(Side.TEST, split);
        boolean refits = settings.refits() && !validation.isEmpty();
        List<Example> trained = new ArrayList<>(clips.on(Side.TRAIN, split));
        if (refits) {
            trained.addAll(validation);
        }
        ClipPipeline pipeline = new ClipPipeline(
                        settings.frames().audio(), encoder.everywhere(), context.hadoopConfiguration())
                .requiring(encoder.encoder().fingerprint());
        SoundListing sounds =
                SoundListing.of(settings.frames().augmentation().chain().folders(), context.hadoopConfiguration());
        OnTheFlyFrames made = new OnTheFlyFrames(
                pipeline,
                settings.training().cacheMegabytes(),
                settings.frames().augmentation().chain(),
                sounds,
                ParameterAveraging.coresOfAWorker(context, settings.training()));
        FrameSource source =
                switch (settings.frames().features().mode()) {
                    case ON_THE_FLY -> made;
                    case VIEWS -> new FeatureBuild(
                                    context,
                                    made,
                                    encoder.encoder(),
                                    settings.frames().features(),
                                    folder.features(),
                                    this::say)
                            .frames(clips.all(), trained, settings.training().seed());
                };
        FrameSource frames =
                settings.frames().encoder().pretrained().fineTuning().lora().isUsed()
                        ? new FramesBesideEncoder(source, pipeline)
                        : source;
        int timeMultiple =
                encoder.timeMultiple(settings.model().network().context().totalStride());
        network.requireSame("the encoder's fingerprint", encoder.encoder().fingerprint());
        network.requireSame("the augmentation's sounds", Sha256.of(new TreeMap<>(sounds.files()).toString()));
        TrainingLoop.TrainedNetwork outcome =
                network.run(clips.on(Side.TRAIN, split), validation, encoder, frames, timeMultiple);
        say("kept " + outcome.epochs().text() + " of " + settings.training().epochs() + "; trained in "
                + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s");
        Calibrator calibrator = new Calibrator(
                Trainer.temperature(outcome.validation()), settings.training().bias(trained));
        TrainingSettings again =
                settings.training().afterCalibration(outcome.epochs().last());
        ComputationGraph model =
                refits ? network.refit(again, trained, encoder, frames, timeMultiple) : outcome.network();
        List<SideResult> sides = new ArrayList<>();
        if (!validation.isEmpty()) {
            sides.add(SideResult.of(Side.VALIDATION.id(), outcome.validation(), calibrator));
        }
        if (!test.isEmpty()) {
            // The test side is predicted once, after the last decision, and influences none.
            List<Prediction> predictions = DistributedInference.predict(
                    context, model, frames, settings.training().batchSize(), test, timeMultiple);
            sides.add(SideResult.of(Side.TEST.id(), predictions, calibrator));
        }
        RunResult result =
                new RunResult(outcome.epochs().withRefit(refits ? again.epochs() : 0), calibrator.temperature(), sides);
        TrainedEmotions emotions = TrainedEmotions.of(clips.emotions(), trained);
        Map<String, String> files = settings.output().embedEncoder() ? encoder.embedInto(folder.model()) : Map.of();
        AcousticRanges acoustics = AcousticRanges.of(
                        ClipAcoustics.of(context, pipeline, settings.training().cacheMegabytes(), trained))
                .orElse(null);
        ModelBundle bundle = ModelBundle.of(
                model,
                manifest(clips, split, encoder, timeMultiple, calibrator, result.metrics(emotions), acoustics, files));
        bundle.write(folder.model());
        AtomicFiles.write(folder.model().resolve(ModelCard.FILE), ModelCard.of(bundle.manifest(), sides));
        HadoopAudio audio = new HadoopAudio(context.hadoopConfiguration());
        double seconds = (System.nanoTime() - start) / 1e9;
        Provenance provenance =
                RunProvenance.of(context, settings, clips, split, encoder.encoder(), result.kept(), seconds);
        Optional<EmbeddingPlot> map = result.shown()
                .map(side -> EmbeddingPlot.sample(side.predictions()))
                .map(shown -> new EmbeddingPlot(
                        shown,
                        DistributedInference.embeddings(
                                context, model, frames, settings.training().batchSize(), shown, timeMultiple)));
        new RunReport(folder, audio, settings, this::say)
                .write(result, network.history(), provenance, emotions, clips.rejections(), map);
        return result;
    }

    private BundleManifest manifest(
            CatalogClips clips,
            SpeakerSplit split,
            RunEncoder runEncoder,
            int timeMultiple,
            Calibrator calibrator,
            Map<String, Object> metrics,
            AcousticRanges acoustics,
            Map<String, String> files) {
        Map<String, String> sides = new TreeMap<>();
        split.assignment().forEach((speaker, side) -> sides.put(speaker, side.id()));
        Encoder encoder = runEncoder.encoder();
        return new BundleManifestBuilder(encoder, clips.emotions(), timeMultiple)
                .created(Clock.systemUTC().instant().toString())
                .gitCommit(settings.source().gitCommit())
                .encoderPath(runEncoder.path(settings.output().embedEncoder()))
                .calibrator(calibrator)
                .settings(settings.source().resolved())
                .split(sides)
                .clips(clips.counts(split))
                .metrics(metrics)
                .acoustics(acoustics)
                .files(files)
                .build();
    }

    private void say(String line) {
        console.accept(line);
        folder.log(line);
    }
}
