package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.util.Collection;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.bindings.Bindings;
import org.speechemotion.spark.io.SparkSessions;
import org.speechemotion.spark.training.CrossValidation;
import org.speechemotion.spark.training.RunSettings;
import org.speechemotion.train.RunFolder;

/** Cross-validates over the folds of the split. */
@AutoService(Job.class)
public final class CrossValidateJob extends Job {
    @Override
    public String name() {
        return "cross-validate";
    }

    @Override
    String purpose() {
        return "trains and tests once for each fold of speakers";
    }

    @Override
    Collection<String> keys() {
        return TrainJob.KEYS;
    }

    @Override
    Usage usage() {
        return Usage.requiring()
                .first(
                        "corpora.ravdess.path",
                        "corpora.crema-d.path",
                        "corpora.manifest.path",
                        "catalog",
                        "split.folds",
                        "split.protocol",
                        "run.label",
                        "run.resume",
                        "run.folds-at-once",
                        "training.epochs",
                        "training.seed",
                        "encoder.path",
                        "training.unfreeze-last-n-layers",
                        "augmentation.chain",
                        "features.mode")
                .meaning("catalog", TrainJob.CATALOG);
    }

    @Override
    int run(Settings settings) throws Exception {
        RunSettings run = Bindings.training(settings);
        try (RunFolder folder = Bindings.runFolder(settings);
                SparkSession session = SparkSessions.open(name())) {
            onInterruption(TrainJob.advice(settings, folder));
            new CrossValidation(session, run, folder, settings.integer("run.folds-at-once"), this::progress)
                    .run(TrainJob.catalog(session, settings));
            say("run: " + folder.path());
            return DONE;
        }
    }
}
