package org.speechemotion.spark.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.speechemotion.common.Counted;
import org.speechemotion.common.ParallelMap;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.report.RunResult;
import org.speechemotion.report.SideResult;
import org.speechemotion.spark.catalog.CatalogClips;
import org.speechemotion.spark.io.HadoopAudio;
import org.speechemotion.spark.io.ParquetTable;
import org.speechemotion.split.Side;
import org.speechemotion.train.RunFolder;
import org.speechemotion.train.Trainer.Prediction;

/**
 * Trains and tests once for every fold, so that every clip is predicted once, by a model that was not trained on its
 * speaker. The validation side of a fold is a part of its training speakers. Each fold is a complete run in its own folder.
 */
public final class CrossValidation {
    private final SparkSession session;
    private final RunSettings settings;
    private final RunFolder folder;
    private final int foldsAtOnce;
    private final Consumer<String> console;

    /**
     * Prepares a cross-validation.
     *
     * @param settings the settings; their split must have folds
     * @param folder the folder of the pooled scores, with a folder {@code fold-<number>} for each run
     * @param foldsAtOnce the number of folds that train at the same time and share the workers
     * @param console the consumer of lines about the progress
     * @throws IllegalArgumentException if the split has no folds
     */
    public CrossValidation(
            SparkSession session, RunSettings settings, RunFolder folder, int foldsAtOnce, Consumer<String> console) {
        requireFolds(settings, foldsAtOnce);
        this.session = session;
        this.settings = settings;
        this.folder = folder;
        this.foldsAtOnce = foldsAtOnce;
        this.console = console;
    }

    /**
     * Checks settings before Spark is started.
     *
     * @throws IllegalArgumentException if the split has no folds, or fewer than one fold is trained at a time
     */
    public static void requireFolds(RunSettings settings, int foldsAtOnce) {
        if (settings.sides().split().foldCount() == 0) {
            throw new IllegalArgumentException(
                    "cross-validation needs folds: set split.folds, or a split.protocol that has some");
        }
        if (foldsAtOnce < 1) {
            throw new IllegalArgumentException("run.folds-at-once is " + foldsAtOnce + "; allowed: at least 1");
        }
    }

    /**
     * Runs all folds and writes the files of a run for the pooled test clips, {@code folds.csv} and
     * {@code predictions.parquet}, which has a column with the fold.
     *
     * @return all test clips as one side
     * @throws IllegalArgumentException as {@link TrainingRun#run}
     */
    public SideResult run(Dataset<Row> catalog) throws IOException {
        return folder.withLock(() -> train(catalog));
    }

    private SideResult train(Dataset<Row> catalog) throws IOException {
        long start = System.nanoTime();
        CatalogClips clips = CatalogClips.of(catalog);
        int count = settings.sides().split().foldCount();
        say("training " + Counted.of(count, "fold") + ", " + Math.min(count, foldsAtOnce)
                + " at a time; their epochs are in " + folder.path().resolve("fold-<number>/run.log"));
        List<SideResult> folds = folds(clips);
        List<Prediction> predictions =
                folds.stream().flatMap(fold -> fold.predictions().stream()).toList();
        requireEachOnce(predictions);
        SideResult pooled = SideResult.of(Side.TEST.id(), predictions, 1);
        write(folds);
        new CrossValidationReport(
                        folder, new HadoopAudio(session.sparkContext().hadoopConfiguration()), settings, this::say)
                .write(pooled, folds, clips.rejections(), (System.nanoTime() - start) / 1e9);
        say(String.format(Locale.ROOT, "mean UAR of the folds %.1f %%", 100 * CrossValidationReport.meanRecall(folds)));
        say("all folds pooled:\n" + pooled.evaluation().table());
        say(pooled.calibrationLine());
        return pooled;
    }

    private List<SideResult> folds(CatalogClips catalog) throws IOException {
        int count = settings.sides().split().foldCount();
        int workers = settings.workers(Math.max(1, session.sparkContext().defaultParallelism() / foldsAtOnce));
        return ParallelMap.map(
                IntStream.range(0, count).boxed().toList(), foldsAtOnce, fold -> fold(fold, workers, catalog));
    }

    private SideResult fold(int fold, int workers, CatalogClips catalog) throws IOException {
        RunFolder own = new RunFolder(
                folder.path().getParent(), folder.path().getFileName().toString(), "fold-" + fold, folder.isResumed());
        long start = System.nanoTime();
        RunResult result =
                new TrainingRun(session, settings.withFold(fold).withWorkers(workers), own, line -> {}).run(catalog);
        SideResult test = result.side(Side.TEST.id())
                .orElseThrow(() -> new IllegalArgumentException("fold " + fold + " has no test clip"));
        say(String.format(
                Locale.ROOT,
                "fold %d: UAR %.1f %% on %s, in %d s",
                fold,
                100 * test.evaluation().scores().unweightedAverageRecall(),
                test.predictions().stream()
                        .map(one -> one.example().speakerId())
                        .distinct()
                        .sorted()
                        .toList(),
                (System.nanoTime() - start) / 1_000_000_000L));
        return test;
    }

    private static void requireEachOnce(List<Prediction> predictions) {
        Set<String> seen = new HashSet<>();
        for (Prediction prediction : predictions) {
            if (!seen.add(prediction.example().path())) {
                throw new IllegalStateException(prediction.example().path() + " was predicted in two folds");
            }
        }
    }

    /** Writes a table with the columns path, actor_id, emotion, predicted, confidence, {@code probability_<emotion>}, fold. */
    private void write(List<SideResult> folds) throws IOException {
        StructType columns = new StructType()
                .add("path", DataTypes.StringType)
                .add("actor_id", DataTypes.StringType)
                .add("emotion", DataTypes.StringType)
                .add("predicted", DataTypes.StringType)
                .add("confidence", DataTypes.FloatType);
        EmotionSet emotions = folds.get(0).predictions().get(0).probabilities().emotions();
        for (String emotion : emotions.ids()) {
            columns = columns.add("probability_" + emotion, DataTypes.FloatType);
        }
        columns = columns.add("fold", DataTypes.IntegerType);
        List<Row> rows = new ArrayList<>();
        for (int fold = 0; fold < folds.size(); fold++) {
            for (Prediction prediction : folds.get(fold).predictions()) {
                rows.add(row(prediction, fold));
            }
        }
        ParquetTable.write(rows, columns, folder.path().resolve("predictions.parquet"));
    }

    private static Row row(Prediction prediction, int fold) {
        List<Object> values = new ArrayList<>(List.of(
                prediction.example().path(),
                prediction.example().speakerId(),
                prediction.example().emotion().id(),
                prediction.probabilities().emotion().id(),
                prediction.probabilities().confidence()));
        for (float probability : prediction.probabilities().values()) {
            values.add(probability);
        }
        values.add(fold);
        return RowFactory.create(values.toArray());
    }

    private synchronized void say(String line) {
        console.accept(line);
        folder.log(line);
    }
}
