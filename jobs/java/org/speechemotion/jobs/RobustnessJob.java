package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.augment.Condition;
import org.speechemotion.common.AtomicFiles;
import org.speechemotion.metrics.Evaluation;
import org.speechemotion.metrics.ScoreIntervals;
import org.speechemotion.report.MetricsJson;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.bindings.CorpusBindings;
import org.speechemotion.spark.bindings.TrainedModel;
import org.speechemotion.spark.catalog.CatalogClips;
import org.speechemotion.spark.clips.ClipPipeline;
import org.speechemotion.spark.clips.DegradedFrames;
import org.speechemotion.spark.io.SparkSessions;
import org.speechemotion.spark.training.ModelEvaluation;
import org.speechemotion.split.Side;

/** Evaluates a model on degraded clips. */
@AutoService(Job.class)
public final class RobustnessJob extends Job {
    private static final List<String> KEYS = KeyGroups.and(EvaluateJob.KEYS, "robustness");

    @Override
    public String name() {
        return "robustness";
    }

    @Override
    String purpose() {
        return "evaluates a model under noise, in rooms and over telephone lines";
    }

    @Override
    Collection<String> keys() {
        return KEYS;
    }

    @Override
    Map<String, String> abbreviations() {
        return EvaluateJob.SIDE;
    }

    @Override
    Usage usage() {
        return Usage.requiring("model")
                .first(
                        "catalog",
                        "evaluate.side",
                        "robustness.noise",
                        "robustness.rooms",
                        "robustness.codecs",
                        "robustness.signal-to-noise",
                        "output")
                .meaning("output", "The JSON file to write the scores to; \"\" for none.");
    }

    @Override
    int run(Settings settings) throws Exception {
        requireExtension(settings.string("output"), ".json", "");
        TrainedModel model = TrainedModel.open(settings);
        Side side = Side.parse(settings.string("evaluate.side"));
        int batchSize = settings.integer("training.batch-size");
        int cacheMegabytes = settings.integer("training.cache-megabytes");
        List<Condition> conditions =
                settings.bind("robustness", Condition.Settings.class).conditions();
        try (SparkSession session = SparkSessions.open(name())) {
            JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
            CatalogClips clips = CatalogClips.of(TrainJob.catalog(
                    session,
                    CorpusBindings.readingFor(model.bundle().manifest().emotions(), settings),
                    this::progress));
            clips.rejections().lines().forEach(this::say);
            ClipPipeline pipeline = model.pipeline(context);
            Map<String, Object> json = new LinkedHashMap<>();
            double clean = Double.NaN;
            say(ModelEvaluation.heading(side, model.bundle().manifest()));
            say(String.format(Locale.ROOT, "%-24s %6s  %-18s %6s", "condition", "UAR", "95 % interval", "lost"));
            for (Condition condition : conditions) {
                Evaluation evaluation = ModelEvaluation.of(
                                context,
                                model.bundle(),
                                clips,
                                side,
                                DegradedFrames.of(condition, pipeline, cacheMegabytes),
                                batchSize)
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
                AtomicFiles.write(Path.of(output), MetricsJson.render(json));
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
