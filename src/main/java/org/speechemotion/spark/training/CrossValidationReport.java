package org.speechemotion.spark.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.speechemotion.audio.AudioSource;
import org.speechemotion.common.FailureMessage;
import org.speechemotion.common.StrictJson;
import org.speechemotion.report.ConfusionPlot;
import org.speechemotion.report.MetricsJson;
import org.speechemotion.report.Misclassified;
import org.speechemotion.report.MisclassifiedFolder;
import org.speechemotion.report.PredictionTable;
import org.speechemotion.report.Rejections;
import org.speechemotion.report.ResultTable;
import org.speechemotion.report.RunFigures;
import org.speechemotion.report.RunIndex;
import org.speechemotion.report.SideResult;
import org.speechemotion.report.html.PlayableError;
import org.speechemotion.report.html.RunPage;
import org.speechemotion.train.RunFolder;

/** Writes the results of a cross-validation into its folder in the files of a run, and a line into the index of runs. */
final class CrossValidationReport {
    private static final String PROVENANCE = "provenance.json";
    private static final int MAX_JSON_BYTES = 16 << 20;

    private final RunFolder folder;
    private final AudioSource audio;
    private final RunSettings settings;
    private final Consumer<String> console;

    CrossValidationReport(RunFolder folder, AudioSource audio, RunSettings settings, Consumer<String> console) {
        this.folder = folder;
        this.audio = audio;
        this.settings = settings;
        this.console = console;
    }

    /**
     * Writes the files.
     *
     * @param pooled the test clips of all folds as one side
     * @param folds the test side of each fold
     * @param rejections the files of the catalog that cannot be used
     * @param seconds the duration in s
     */
    void write(SideResult pooled, List<SideResult> folds, Rejections rejections, double seconds) throws IOException {
        folder.write("metrics.json", MetricsJson.render(metrics(pooled, folds)));
        folder.write("predictions.csv", PredictionTable.csv(List.of(pooled)));
        folder.write("results.csv", ResultTable.csv(List.of(pooled)));
        folder.write("results.tex", ResultTable.latex(List.of(pooled)));
        folder.write("folds.csv", ResultTable.foldsCsv(folds));
        folder.writeConfig(settings.source().resolved());
        RunIndex.Origin origin =
                provenance(seconds, pooled.evaluation().scores().n());
        draw(pooled);
        List<Misclassified> errors =
                Misclassified.worst(pooled.predictions(), settings.output().misclassified());
        if (!errors.isEmpty()) {
            MisclassifiedFolder.write(
                    errors, audio, settings.frames().audio().maximumBytes(), folder.misclassified(), console);
        }
        folder.write(
                "report.html",
                new RunPage(folder.experiment() + " / " + folder.label(), pooled)
                        .withFolds(folds)
                        .withErrors(PlayableError.read(errors, folder.misclassified()))
                        .withFacts(facts(folds, origin))
                        .withRejections(rejections)
                        .withSettings(settings.source().resolved())
                        .render());
        try {
            RunIndex.add(folder.index(), folder.experiment(), folder.label(), List.of(pooled), "", origin);
        } catch (IOException e) {
            // The files of the run are complete.
            console.accept("the run is not in the index: " + FailureMessage.of(e));
        }
    }

    static double meanRecall(List<SideResult> folds) {
        return folds.stream()
                .mapToDouble(fold -> fold.evaluation().scores().unweightedAverageRecall())
                .average()
                .orElseThrow();
    }

    private static Map<String, Object> metrics(SideResult pooled, List<SideResult> folds) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("folds", folds.size());
        metrics.put("mean_uar", meanRecall(folds));
        metrics.put(pooled.side(), MetricsJson.of(pooled));
        for (int fold = 0; fold < folds.size(); fold++) {
            metrics.put("fold_" + fold, MetricsJson.of(folds.get(fold)));
        }
        return metrics;
    }

    /** Writes the provenance of the first fold, which has the same settings and machines, with the times of the whole. */
    private RunIndex.Origin provenance(double seconds, long clips) throws IOException {
        Path first = folder.path().resolve("fold-0").resolve(PROVENANCE);
        ObjectNode provenance = Files.isRegularFile(first)
                ? (ObjectNode) StrictJson.object(first, MAX_JSON_BYTES)
                : StrictJson.mapper().createObjectNode();
        String created =
                Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).toString();
        provenance.put("created", created).put("seconds", seconds).remove(List.of("kept_epochs", "clips"));
        folder.write(PROVENANCE, provenance.toPrettyString() + "\n");
        return new RunIndex.Origin(
                created,
                settings.source().gitCommit(),
                provenance.path("encoder").asText(settings.frames().encoder().name()),
                seconds,
                clips);
    }

    private void draw(SideResult pooled) throws IOException {
        RunFigures.of(pooled).write(folder.path().resolve("figures"), console);
        try {
            ConfusionPlot.of(pooled.evaluation().matrix(), "Confusion matrix, all folds")
                    .write(folder.confusion());
        } catch (IllegalStateException noFonts) {
            console.accept("the confusion matrix is not drawn: " + noFonts.getMessage());
        }
    }

    private Map<String, String> facts(List<SideResult> folds, RunIndex.Origin origin) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("finished", origin.created().replace('T', ' ').replace("Z", " UTC"));
        facts.put("took", RunReport.duration(origin.seconds()));
        facts.put("folds", Integer.toString(folds.size()));
        facts.put("mean UAR of the folds", String.format(Locale.ROOT, "%.1f %%", 100 * meanRecall(folds)));
        facts.put("encoder", origin.encoder());
        facts.put("seed", Long.toString(settings.training().seed()));
        facts.put("git commit", RunReport.shortCommit(origin.gitCommit()));
        return facts;
    }
}
