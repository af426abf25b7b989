package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.metrics.LabelMap;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.bindings.CorpusBindings;
import org.speechemotion.spark.bindings.TrainingBindings;
import org.speechemotion.spark.catalog.Catalog;
import org.speechemotion.spark.catalog.CatalogClips;
import org.speechemotion.spark.io.SparkSessions;
import org.speechemotion.spark.training.CrossCorpus;
import org.speechemotion.spark.training.RunSettings;
import org.speechemotion.train.RunFolder;

/** Trains on corpora and tests on others. */
@AutoService(Job.class)
public final class CrossCorpusJob extends Job {
    private static final List<String> KEYS = KeyGroups.and(TrainJob.KEYS, "cross-corpus", LabelMap.KEY);

    @Override
    public String name() {
        return "cross-corpus";
    }

    @Override
    String purpose() {
        return "trains on each of several corpora and tests on the others";
    }

    @Override
    Collection<String> keys() {
        return KEYS;
    }

    @Override
    Usage usage() {
        return Usage.requiring()
                .first(
                        "corpora.ravdess.path",
                        "corpora.crema-d.path",
                        "corpora.manifest.path",
                        "cross-corpus.corpora",
                        "cross-corpus.trainings",
                        "evaluate.labels",
                        "catalog",
                        "run.label",
                        "run.resume",
                        "training.epochs",
                        "training.seed",
                        "encoder.path",
                        "training.unfreeze-last-n-layers",
                        "augmentation.chain")
                .meaning("catalog", TrainJob.CATALOG);
    }

    @Override
    int run(Settings settings) throws Exception {
        RunSettings run = TrainingBindings.training(settings);
        CrossCorpus.Settings crossCorpus = TrainingBindings.crossCorpus(settings);
        try (RunFolder folder = TrainingBindings.runFolder(settings);
                SparkSession session = SparkSessions.open(name())) {
            onInterruption(TrainJob.advice(settings, folder));
            CatalogClips clips = CatalogClips.of(
                    settings.string("catalog").isEmpty()
                            ? Catalog.of(
                                    session,
                                    CorpusBindings.crossCorpora(
                                            settings, session.sparkContext().hadoopConfiguration()),
                                    CorpusBindings.emotions(settings),
                                    settings.bind("audio", AudioSettings.class))
                            : TrainJob.catalogForTraining(session, settings, this::progress));
            clips.rejections().lines().forEach(this::say);
            new CrossCorpus(session, run, crossCorpus, folder, this::progress).run(clips);
            say("page: " + folder.path().resolve("report.html"));
            return DONE;
        }
    }
}
