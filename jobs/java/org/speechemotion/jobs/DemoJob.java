package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.corpus.Ravdess;
import org.speechemotion.demo.DemoCorpus;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.bindings.TrainingBindings;
import org.speechemotion.spark.catalog.Catalog;
import org.speechemotion.spark.catalog.CatalogClips;
import org.speechemotion.spark.clips.ClipPipeline;
import org.speechemotion.spark.io.SparkSessions;
import org.speechemotion.spark.scoring.BatchScoring;
import org.speechemotion.spark.scoring.ScoringSettings;
import org.speechemotion.spark.scoring.ScoringSummary;
import org.speechemotion.spark.training.ModelEvaluation;
import org.speechemotion.spark.training.RunSettings;
import org.speechemotion.spark.training.TrainingRun;
import org.speechemotion.split.Side;
import org.speechemotion.train.Example;
import org.speechemotion.train.RunFolder;

/** Runs the steps of other commands on a synthesised corpus. */
@AutoService(Job.class)
public final class DemoJob extends Job {
    @Override
    public String name() {
        return "demo";
    }

    @Override
    String purpose() {
        return "synthesises a small corpus, trains a model, evaluates it and scores clips, in a minute or two";
    }

    @Override
    Collection<String> keys() {
        return List.of(
                "demo",
                "audio",
                "augmentation",
                "encoder",
                "features",
                "network",
                "pretrained",
                "run",
                "score.batch-size",
                "score.abstain-below",
                "score.embeddings",
                "score.timeline",
                "score.acoustics",
                "score.calls",
                "score.views",
                "split",
                "training");
    }

    @Override
    Usage usage() {
        return Usage.requiring().first("demo.directory", "demo.seed", "run.label", "training.epochs", "training.seed");
    }

    @Override
    int run(Settings settings) throws Exception {
        Path directory = Path.of(settings.string("demo.directory"));
        Path corpus = directory.resolve("corpus");
        RunSettings run = TrainingBindings.training(settings);
        DemoCorpus.write(corpus, settings.integer("demo.seed"));
        say("corpus: " + corpus);
        try (RunFolder folder = TrainingBindings.runFolder(settings);
                SparkSession session = SparkSessions.open(name())) {
            Configuration hadoop = session.sparkContext().hadoopConfiguration();
            Dataset<Row> catalog = Catalog.of(
                    session,
                    Catalog.entries(new Ravdess(), corpus.toString(), Map.of(), hadoop),
                    run.frames().audio());
            new TrainingRun(session, run, folder, this::progress).run(catalog);

            ModelBundle bundle = ModelBundle.read(folder.model());
            List<String> testClips = CatalogClips.of(
                            session.read().parquet(folder.catalog().toString()))
                    .on(Side.TEST, ModelEvaluation.split(bundle))
                    .stream()
                    .map(Example::path)
                    .toList();
            Path scores = directory.resolve("scores-" + folder.label() + ".parquet");
            ClipPipeline pipeline =
                    new ClipPipeline(run.frames().audio(), run.frames().encoder(), hadoop);
            ScoringSummary summary = BatchScoring.run(
                    session,
                    testClips,
                    bundle,
                    pipeline,
                    settings.bind("score", ScoringSettings.class),
                    scores.toString());
            say("scored the test clips: " + summary);
            summary.rejected().lines().forEach(this::say);
            say("run:    " + folder.path());
            say("model:  " + folder.model());
            say("scores: " + scores);
            say(
                    """

                    Next: open %1$s/report.html in a browser, and score a recording of your own:
                      scripts/emotion infer model=%1$s your.wav
                    These voices are synthesised, so its answers about real speech mean nothing. docs/first-hour.md goes on \
                    with real speech."""
                            .formatted(folder.path()));
            return summary.reconciles() ? DONE : FAILED;
        }
    }
}
