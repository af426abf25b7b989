package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.common.AtomicFiles;
import org.speechemotion.report.MetricsJson;
import org.speechemotion.report.SideResult;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.bindings.TrainedModel;
import org.speechemotion.spark.catalog.CatalogClips;
import org.speechemotion.spark.clips.FrameSource;
import org.speechemotion.spark.clips.OnTheFlyFrames;
import org.speechemotion.spark.io.SparkSessions;
import org.speechemotion.spark.training.ModelEvaluation;
import org.speechemotion.split.Side;

/** Evaluates a model on a side of its own split. */
@AutoService(Job.class)
public final class EvaluateJob extends Job {
    static final Map<String, String> SIDE = Map.of("split", "evaluate.side");
    static final List<String> KEYS = List.of(
            "model",
            "catalog",
            "corpora",
            "split.allow-similar-speakers",
            "evaluate",
            "output",
            "audio",
            "encoder.path",
            "encoder.engine",
            "encoder.threads",
            "encoder.distribute",
            "training.batch-size",
            "training.cache-megabytes");

    @Override
    public String name() {
        return "evaluate";
    }

    @Override
    String purpose() {
        return "evaluates a model on one side of the split that it was trained with";
    }

    @Override
    Collection<String> keys() {
        return KEYS;
    }

    @Override
    Map<String, String> abbreviations() {
        return SIDE;
    }

    @Override
    int run(Settings settings) throws Exception {
        TrainedModel model = TrainedModel.open(settings);
        Side side = Side.parse(settings.string("evaluate.side"));
        try (SparkSession session = SparkSessions.open(name())) {
            JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
            CatalogClips clips = CatalogClips.of(TrainJob.catalog(session, settings));
            clips.rejections().lines().forEach(this::say);
            FrameSource frames =
                    new OnTheFlyFrames(model.pipeline(context), settings.integer("training.cache-megabytes"));
            SideResult result = ModelEvaluation.of(
                    context, model.bundle(), clips, side, frames, settings.integer("training.batch-size"));
            say(side.id() + " side of model " + model.bundle().manifest().modelId());
            say(result.evaluation().table());
            say(result.calibrationLine());
            String output = settings.string("output");
            if (!output.isEmpty()) {
                AtomicFiles.write(Path.of(output), MetricsJson.render(Map.of(side.id(), MetricsJson.of(result))));
                say("metrics: " + output);
            }
            return DONE;
        }
    }
}
