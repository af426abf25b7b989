package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;
import org.speechemotion.spark.bindings.CorpusBindings;
import org.speechemotion.spark.bindings.TrainedModel;
import org.speechemotion.spark.catalog.CatalogClips;
import org.speechemotion.spark.clips.OnTheFlyFrames;
import org.speechemotion.spark.io.SparkSessions;
import org.speechemotion.spark.training.Recalibration;

/** Fits the calibration of a model to labelled clips and writes a new model. */
@AutoService(Job.class)
public final class CalibrateJob extends Job {
    @Override
    public String name() {
        return "calibrate";
    }

    @Override
    String purpose() {
        return "fits a model's temperature and class bias to a few labelled clips of your own and writes a new model";
    }

    @Override
    Collection<String> keys() {
        return KeyGroups.and(KeyGroups.MODEL, KeyGroups.LABELLED_CLIPS, "output");
    }

    @Override
    Usage usage() {
        return Usage.requiring("model", "output")
                .first("corpora.manifest.path", "corpora.manifest.labels", "catalog")
                .meaning("corpora.manifest.path", "CSV file that lists the labelled clips: path,actor_id,emotion.")
                .meaning("output", "The folder of the new model, which must be new or empty.");
    }

    @Override
    int run(Settings settings) throws Exception {
        TrainedModel model = TrainedModel.open(settings);
        Path output = Path.of(settings.required("output"));
        if (Files.exists(output)) {
            try (Stream<Path> files = Files.isDirectory(output) ? Files.list(output) : Stream.of(output)) {
                if (files.findAny().isPresent()) {
                    throw new SettingsException(
                            "output is " + output + ", which exists; allowed: a new or empty folder for the model");
                }
            }
        }
        try (SparkSession session = SparkSessions.open(name())) {
            JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
            CatalogClips clips = CatalogClips.of(TrainJob.catalog(
                    session,
                    CorpusBindings.readingFor(model.bundle().manifest().emotions(), settings),
                    this::progress));
            clips.rejections().lines().forEach(this::say);
            Recalibration fit = Recalibration.of(
                    context,
                    model.bundle(),
                    clips.all(),
                    new OnTheFlyFrames(model.pipeline(context), settings.integer("training.cache-megabytes")),
                    settings.integer("training.batch-size"));
            fit.lines().forEach(this::say);
            ModelBundle calibrated = model.bundle()
                    .calibrated(
                            fit.calibrator(),
                            clips.speakers(),
                            Clock.systemUTC().instant().toString());
            calibrated.write(output, ModelBundle.folder(Path.of(settings.string("model"))));
            say("model %s, calibrated from %s: %s"
                    .formatted(
                            calibrated.manifest().modelId(),
                            model.bundle().manifest().modelId(),
                            output));
        }
        return DONE;
    }
}
