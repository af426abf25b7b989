package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.common.AtomicFiles;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.metrics.LabelMap;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.report.MetricsJson;
import org.speechemotion.report.Rejections;
import org.speechemotion.report.SideResult;
import org.speechemotion.scoring.SpeedViews;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;
import org.speechemotion.spark.bindings.CorpusBindings;
import org.speechemotion.spark.bindings.TrainedModel;
import org.speechemotion.spark.catalog.CatalogClips;
import org.speechemotion.spark.clips.FrameSource;
import org.speechemotion.spark.clips.OnTheFlyFrames;
import org.speechemotion.spark.io.SparkSessions;
import org.speechemotion.spark.training.CorpusEvaluation;
import org.speechemotion.spark.training.EvaluationReport;
import org.speechemotion.spark.training.ModelEvaluation;
import org.speechemotion.split.Side;
import org.speechemotion.train.Example;

/** Evaluates a model on a side of its own split, or on another corpus. */
@AutoService(Job.class)
public final class EvaluateJob extends Job {
    static final Map<String, String> SIDE = Map.of("split", "evaluate.side");
    static final List<String> KEYS = KeyGroups.and(KeyGroups.MODEL, KeyGroups.LABELLED_CLIPS, "evaluate", "output");

    @Override
    public String name() {
        return "evaluate";
    }

    @Override
    String purpose() {
        return "evaluates a model on one side of the split that it was trained with, or on another corpus";
    }

    @Override
    Collection<String> keys() {
        return KeyGroups.and(KEYS, "score.views");
    }

    @Override
    Map<String, String> abbreviations() {
        return SIDE;
    }

    @Override
    Usage usage() {
        return Usage.requiring("model")
                .first(
                        "catalog",
                        "evaluate.side",
                        "evaluate.labels",
                        "output",
                        "corpora.ravdess.path",
                        "corpora.crema-d.path",
                        "corpora.manifest.path")
                .meaning("output", "The JSON file to write the scores to; \"\" for none.");
    }

    @Override
    int run(Settings settings) throws Exception {
        requireExtension(settings.string("output"), ".json", "");
        TrainedModel model = TrainedModel.open(settings);
        Side side = Side.parse(settings.string("evaluate.side"));
        EmotionSet emotions = model.bundle().manifest().emotions();
        Settings reading = CorpusBindings.readingFor(emotions, settings);
        LabelMap labels = LabelMap.of(emotions, CorpusBindings.emotions(reading), settings.texts(LabelMap.KEY));
        Optional<Path> output = output(settings);
        try (SparkSession session = SparkSessions.open(name())) {
            JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
            CatalogClips clips = CatalogClips.of(TrainJob.catalog(session, reading, this::progress));
            clips.rejections().lines().forEach(this::say);
            FrameSource frames = new OnTheFlyFrames(
                    model.pipeline(context),
                    settings.integer("training.cache-megabytes"),
                    new SpeedViews(settings.integer("score.views")));
            int batchSize = settings.integer("training.batch-size");
            SideResult result;
            if (CorpusEvaluation.isOwn(model.bundle().manifest(), clips.speakers())) {
                result = ModelEvaluation.of(context, model.bundle(), clips, side, labels, frames, batchSize);
                say(ModelEvaluation.heading(side, model.bundle().manifest()));
            } else {
                CorpusEvaluation.requireUnknown(
                        model.bundle().manifest(),
                        trained(session, settings),
                        clips.all(),
                        settings.bool("split.allow-similar-speakers"));
                String corpus = CorpusEvaluation.name(clips.speakers());
                CorpusEvaluation evaluation =
                        CorpusEvaluation.of(context, model.bundle(), corpus, clips.all(), labels, frames, batchSize);
                result = evaluation.result();
                say(corpus + ", on which model " + model.bundle().manifest().modelId() + " was not trained");
                evaluation.notes().forEach(this::say);
                say(evaluation.line());
            }
            say(result.evaluation().table());
            say(result.calibrationLine());
            if (output.isPresent()) {
                write(output.get(), model, result, clips.rejections());
            }
            return DONE;
        }
    }

    /** Returns the file or folder to write. */
    private static Optional<Path> output(Settings settings) {
        Optional<Path> output = settings.optionalString("output").map(Path::of);
        output.filter(path -> path.getFileName().toString().matches(".*\\.[A-Za-z]{2,5}"))
                .filter(path -> !isJson(path))
                .ifPresent(path -> {
                    throw new SettingsException("output is " + path
                            + "; allowed: a .json file for the metrics, or a folder for the page, tables and figures");
                });
        return output;
    }

    private static boolean isJson(Path output) {
        return output.toString().endsWith(".json");
    }

    private void write(Path output, TrainedModel model, SideResult result, Rejections rejections) throws IOException {
        if (isJson(output)) {
            AtomicFiles.write(output, MetricsJson.render(Map.of(result.side(), MetricsJson.of(result))));
            say("metrics: " + output);
            return;
        }
        String modelId = model.bundle().manifest().modelId();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("model", modelId);
        facts.put(
                "trained on",
                String.join(", ", model.bundle().manifest().clips().keySet()));
        facts.put("temperature", "%.3f".formatted(result.temperature()));
        EvaluationReport.write(output, modelId + " on " + result.side(), result, facts, rejections, this::say);
        say("page: " + output.resolve("report.html"));
    }

    /** Returns the clips of the model's run, if its catalog lies beside the model. */
    private List<Example> trained(SparkSession session, Settings settings) {
        Path folder = ModelBundle.folder(Path.of(settings.string("model")))
                .toAbsolutePath()
                .normalize();
        Path catalog = folder.resolveSibling("catalog.parquet");
        if (!Files.isDirectory(catalog) && !Files.isRegularFile(catalog)) {
            say("The recordings are not compared with those of the training, because " + catalog + " does not exist.");
            return List.of();
        }
        return CatalogClips.of(session.read().parquet(catalog.toUri().toString()))
                .all();
    }
}
