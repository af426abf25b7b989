package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.common.Counted;
import org.speechemotion.corpus.Entry;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.bindings.CorpusBindings;
import org.speechemotion.spark.bindings.TrainingBindings;
import org.speechemotion.spark.catalog.Catalog;
import org.speechemotion.spark.io.SparkSessions;
import org.speechemotion.spark.training.RunSettings;
import org.speechemotion.spark.training.TrainingRun;
import org.speechemotion.train.RunFolder;

/** Trains a model from a catalog or from corpora. */
@AutoService(Job.class)
public final class TrainJob extends Job {
    static final List<String> KEYS = List.of(
            "catalog",
            "corpora",
            "audio",
            "augmentation",
            "encoder",
            "network",
            "split",
            "training",
            "pretrained",
            "features",
            "run");

    static final String CATALOG =
            "The catalog to train on, as the command catalog writes it. Either this or a corpus is required.";

    private static final String[] FIRST = {
        "corpora.ravdess.path",
        "corpora.crema-d.path",
        "corpora.manifest.path",
        "catalog",
        "run.label",
        "run.resume",
        "training.epochs",
        "training.seed",
        "split.test",
        "split.test-ratio",
        "split.protocol",
        "encoder.path",
        "training.unfreeze-last-n-layers",
        "augmentation.chain",
        "features.mode"
    };

    @Override
    public String name() {
        return "train";
    }

    @Override
    String purpose() {
        return "trains a model and evaluates it on held-out speakers that influenced no decision";
    }

    @Override
    Collection<String> keys() {
        return KEYS;
    }

    @Override
    Usage usage() {
        return Usage.requiring().first(FIRST).meaning("catalog", CATALOG);
    }

    @Override
    int run(Settings settings) throws Exception {
        RunSettings run = TrainingBindings.training(settings);
        try (RunFolder folder = TrainingBindings.runFolder(settings);
                SparkSession session = SparkSessions.open(name())) {
            onInterruption(advice(settings, folder));
            new TrainingRun(session, run, folder, this::progress)
                    .run(catalogForTraining(session, settings, this::progress));
            say("run:   " + folder.path());
            say("model: " + folder.model());
            return DONE;
        }
    }

    /** Returns how to continue a run. */
    static String advice(Settings settings, RunFolder folder) {
        boolean labelled = !settings.string("run.label").isEmpty();
        return "continue with the same command and " + (labelled ? "" : "run.label=" + folder.label() + " ")
                + "run.resume=true";
    }

    /**
     * Opens the catalog that the settings name, or makes one of the corpora, which is computed when it is read.
     *
     * @param progress the consumer of a line about the clips that are read
     */
    static Dataset<Row> catalog(SparkSession session, Settings settings, Consumer<String> progress) throws Exception {
        return catalog(session, settings, 0, progress);
    }

    /** Opens or makes the catalog of a training, for which it keeps the decoded clips. */
    static Dataset<Row> catalogForTraining(SparkSession session, Settings settings, Consumer<String> progress)
            throws Exception {
        return catalog(session, settings, settings.integer("training.cache-megabytes"), progress);
    }

    private static Dataset<Row> catalog(
            SparkSession session, Settings settings, int cacheMegabytes, Consumer<String> progress) throws Exception {
        String catalog = settings.string("catalog");
        if (!catalog.isEmpty()) {
            return session.read().parquet(catalog);
        }
        List<Entry> entries =
                CorpusBindings.corpora(settings, session.sparkContext().hadoopConfiguration());
        progress.accept("reading " + Counted.of(entries.size(), "file") + " …");
        return Catalog.of(
                session,
                entries,
                CorpusBindings.emotions(settings),
                settings.bind("audio", AudioSettings.class),
                cacheMegabytes);
    }
}
