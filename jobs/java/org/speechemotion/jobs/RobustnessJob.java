package org.speechemotion.jobs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.augment.Condition;
import org.speechemotion.metrics.Evaluation;
import org.speechemotion.metrics.ScoreIntervals;
import org.speechemotion.report.MetricsJson;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.bindings.TrainedModel;
import org.speechemotion.spark.catalog.CatalogClips;
import org.speechemotion.spark.clips.ClipPipeline;
import org.speechemotion.spark.clips.DegradedFrames;
import org.speechemotion.spark.io.SparkSessions;
import org.speechemotion.spark.training.ModelEvaluation;
import org.speechemotion.split.Side;
import org.speechemotion.train.TrainingSettings;

/** {@code emotion robustness}. */
public final class RobustnessJob extends Job {
    private static final List<String> KEYS =
            Stream.concat(EvaluateJob.KEYS.stream(), Stream.of("robustness")).toList();

    public static void main(String[] arguments) {
        main(new RobustnessJob(), arguments);
    }

    @Override
    String name() {
        return "robustness";
    }

    @Override
    String purpose() {
        return "measures a model on one side of its split, clean and under noise, rooms and telephones.";
    }

    @Override
    Collection<String> keys() {
        return KEYS;
    }

    @Override
    List<String> assignments(List<String> arguments) {
        return EvaluateJob.withSide(arguments);
    }

    @Override
    int run(Settings settings) throws Exception {
        TrainedModel model = TrainedModel.open(settings);
        Side side = Side.parse(settings.string("evaluate.side"));
        TrainingSettings training = settings.bind("training", TrainingSettings.class);
        List<Condition> conditions =
                settings.bind("robustness", Condition.Settings.class).conditions();
        try (SparkSession session = SparkSessions.open(name())) {
            JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
            CatalogClips clips = CatalogClips.of(TrainJob.catalog(session, settings));
            clips.rejections().lines().forEach(this::say);
            ClipPipeline pipeline = model.pipeline(context);
            Map<String, Object> json = new LinkedHashMap<>();
            double clean = Double.NaN;
            say(side.id() + " side of model " + model.bundle().manifest().modelId());
            say(String.format(Locale.ROOT, "%-24s %6s  %-18s %6s", "condition", "UAR", "95 % interval", "lost"));
            for (Condition condition : conditions) {
                Evaluation evaluation = ModelEvaluation.of(
                                context,
                                model.bundle(),
                                clips,
                                side,
                                DegradedFrames.of(condition, pipeline, training.cacheMegabytes()),
                                training)
                        .evaluation();
                double recall = evaluation.scores().unweightedAverageRecall();
                clean = Double.isNaN(clean) ? recall : clean;
                say(String.format(
                        Locale.ROOT,
                        "%-24s %5.1f%%  %-18s %6.1f",
                        condition.name(),
                        100 * recall,
                        interval(evaluation),
                        100 * (clean - recall)));
                json.put(condition.name(), MetricsJson.of(evaluation));
            }
            String output = settings.string("output");
            if (!output.isEmpty()) {
                Files.writeString(Path.of(output), MetricsJson.render(json));
                say("metrics: " + output);
            }
            return DONE;
        }
    }

    private static String interval(Evaluation evaluation) {
        return evaluation
                .intervals()
                .map(ScoreIntervals::unweightedAverageRecall)
                .map(one -> String.format(Locale.ROOT, "[%.1f, %.1f]", 100 * one.low(), 100 * one.high()))
                .orElse("too few speakers");
    }
}
