package org.speechemotion.jobs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
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
import org.speechemotion.train.TrainingSettings;

/** {@code emotion evaluate}. */
public final class EvaluateJob extends Job {
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
            "training.batch-size");

    public static void main(String[] arguments) {
        main(new EvaluateJob(), arguments);
    }

    @Override
    String name() {
        return "evaluate";
    }

    @Override
    String purpose() {
        return "measures a model on one side of the split that it was trained with.";
    }

    @Override
    Collection<String> keys() {
        return KEYS;
    }

    @Override
    List<String> assignments(List<String> arguments) {
        return withSide(arguments);
    }

    /** With {@code split=test} spelled out. */
    static List<String> withSide(List<String> arguments) {
        return arguments.stream()
                .map(argument -> argument.startsWith("split=") ? "evaluate.side=" + argument.substring(6) : argument)
                .toList();
    }

    @Override
    int run(Settings settings) throws Exception {
        TrainedModel model = TrainedModel.open(settings);
        Side side = Side.parse(settings.string("evaluate.side"));
        TrainingSettings training = settings.bind("training", TrainingSettings.class);
        try (SparkSession session = SparkSessions.open(name())) {
            JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
            CatalogClips clips = CatalogClips.of(TrainJob.catalog(session, settings));
            clips.rejections().lines().forEach(this::say);
            FrameSource frames = new OnTheFlyFrames(model.pipeline(context), training.cacheMegabytes());
            SideResult result = ModelEvaluation.of(context, model.bundle(), clips, side, frames, training);
            say(side.id() + " side of model " + model.bundle().manifest().modelId());
            say(result.evaluation().table());
            say(result.calibrationLine());
            String output = settings.string("output");
            if (!output.isEmpty()) {
                Files.writeString(Path.of(output), MetricsJson.render(Map.of(side.id(), MetricsJson.of(result))));
                say("metrics: " + output);
            }
            return DONE;
        }
    }
}
