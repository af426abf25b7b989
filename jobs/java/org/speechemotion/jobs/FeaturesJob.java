package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.bindings.TrainingBindings;
import org.speechemotion.spark.features.FeatureRun;
import org.speechemotion.spark.io.SparkSessions;

/** Builds a feature store without training on it. */
@AutoService(Job.class)
public final class FeaturesJob extends Job {
    @Override
    public String name() {
        return "features";
    }

    @Override
    String purpose() {
        return "encodes clips and augmented views of them once and stores the frames";
    }

    @Override
    Collection<String> keys() {
        return List.of(
                "catalog",
                "corpora",
                "audio",
                "augmentation",
                "encoder",
                "features",
                "split",
                "training.unfreeze-last-n-layers",
                "training.freeze-encoder",
                "training.freeze-feature-extractor",
                "training.lora",
                "training.cache-megabytes",
                "training.seed",
                "run.directory");
    }

    @Override
    Usage usage() {
        return Usage.requiring()
                .first(
                        "catalog",
                        "corpora.ravdess.path",
                        "corpora.crema-d.path",
                        "corpora.manifest.path",
                        "encoder.path",
                        "encoder.layer",
                        "features.path",
                        "features.views",
                        "features.values",
                        "run.directory");
    }

    @Override
    int run(Settings settings) throws Exception {
        onInterruption("the same command continues");
        FeatureRun.Settings run = TrainingBindings.featureRun(settings);
        try (SparkSession session = SparkSessions.open(name())) {
            say(FeatureRun.run(
                    session,
                    run,
                    Path.of(settings.string("run.directory")),
                    TrainJob.catalogForTraining(session, settings, this::progress),
                    settings.bool("features.training-side-alone"),
                    this::progress));
            return DONE;
        }
    }
}
