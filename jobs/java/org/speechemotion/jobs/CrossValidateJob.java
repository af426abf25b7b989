package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.bindings.TrainingBindings;
import org.speechemotion.spark.io.SparkSessions;
import org.speechemotion.spark.training.CrossValidation;
import org.speechemotion.spark.training.RepeatedSeeds;
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
                        "training.seeds",
                        "encoder.path",
                        "training.unfreeze-last-n-layers",
                        "augmentation.chain",
                        "features.mode")
                .meaning("catalog", TrainJob.CATALOG);
    }

    @Override
    int run(Settings settings) throws Exception {
        List<Long> seeds = TrainingBindings.seeds(settings);
        RunSettings run = TrainingBindings.crossValidation(settings);
        int foldsAtOnce = settings.integer("run.folds-at-once");
        CrossValidation.requireFolds(run, foldsAtOnce);
        try (RunFolder folder = TrainingBindings.runFolder(settings);
                SparkSession session = SparkSessions.open(name())) {
            onInterruption(TrainJob.advice(settings, folder));
            Dataset<Row> catalog = TrainJob.catalogForTraining(session, settings, this::progress);
            if (seeds.isEmpty()) {
                new CrossValidation(session, run, folder, foldsAtOnce, this::progress).run(catalog);
            } else {
                RepeatedSeeds repeated = new RepeatedSeeds();
                for (long seed : seeds) {
                    progress("seed " + seed);
                    RunSettings own = TrainingBindings.crossValidation(settings.with("training.seed", seed));
                    RunFolder ownFolder = new RunFolder(
                            folder.path().getParent(), folder.label(), "seed-" + seed, folder.isResumed());
                    repeated.add(
                            seed,
                            new CrossValidation(session, own, ownFolder, foldsAtOnce, this::progress).run(catalog));
                }
                say(repeated.write(folder));
            }
            say("run:  " + folder.path());
            say("page: " + folder.path().resolve(seeds.isEmpty() ? "report.html" : "seed-<number>/report.html"));
            return DONE;
        }
    }
}
