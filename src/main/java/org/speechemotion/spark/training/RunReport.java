package org.speechemotion.spark.training;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.speechemotion.audio.AudioSource;
import org.speechemotion.common.Counted;
import org.speechemotion.common.FailureMessage;
import org.speechemotion.report.ConfusionAnimation;
import org.speechemotion.report.ConfusionPlot;
import org.speechemotion.report.EmbeddingPlot;
import org.speechemotion.report.MetricsJson;
import org.speechemotion.report.Misclassified;
import org.speechemotion.report.MisclassifiedFolder;
import org.speechemotion.report.PredictionTable;
import org.speechemotion.report.Provenance;
import org.speechemotion.report.Rejections;
import org.speechemotion.report.ResultTable;
import org.speechemotion.report.RunFigures;
import org.speechemotion.report.RunIndex;
import org.speechemotion.report.RunResult;
import org.speechemotion.report.SideResult;
import org.speechemotion.report.TrainedEmotions;
import org.speechemotion.report.html.PlayableError;
import org.speechemotion.report.html.RunPage;
import org.speechemotion.train.EpochReport;
import org.speechemotion.train.RunFolder;

/** Writes the results of a finished run into its folder, and a line into the index of runs. */
final class RunReport {
    private final RunFolder folder;
    private final AudioSource audio;
    private final RunSettings settings;
    private final Consumer<String> console;

    RunReport(RunFolder folder, AudioSource audio, RunSettings settings, Consumer<String> console) {
        this.folder = folder;
        this.audio = audio;
        this.settings = settings;
        this.console = console;
    }

    void write(
            RunResult result,
            List<EpochReport> history,
            Provenance provenance,
            TrainedEmotions emotions,
            Rejections rejections,
            Optional<EmbeddingPlot> map)
            throws IOException {
        folder.write("metrics.json", MetricsJson.render(result.metrics(emotions)));
        folder.write("predictions.csv", PredictionTable.csv(result.sides()));
        folder.write("results.csv", ResultTable.csv(result.sides()));
        folder.write("results.tex", ResultTable.latex(result.sides()));
        folder.write("provenance.json", provenance.toJson());
        draw(result, history, map);
        List<Misclassified> errors = result.shown()
                .map(side -> Misclassified.worst(
                        side.predictions(), settings.output().misclassified()))
                .orElse(List.of());
        if (!errors.isEmpty()) {
            MisclassifiedFolder.write(
                    errors, audio, settings.frames().audio().maximumBytes(), folder.misclassified(), console);
        }
        RunPage page = new RunPage(folder.experiment() + " / " + folder.label(), result, history)
                .withErrors(PlayableError.read(errors, folder.misclassified()))
                .withFacts(facts(result, provenance, emotions))
                .withWarning(emotions.warning())
                .withRejections(rejections)
                .withSettings(settings.source().resolved());
        map.ifPresent(page::withEmbeddings);
        folder.write("report.html", page.render());
        try {
            RunIndex.add(folder.index(), folder.experiment(), folder.label(), result, provenance);
        } catch (IOException e) {
            // The files of the run are complete.
            console.accept("the run is not in the index: " + FailureMessage.of(e));
        }
        result.shown().ifPresent(side -> {
            console.accept(side.side() + " side:\n" + side.evaluation().table());
            console.accept(side.calibrationLine());
        });
    }

    private void draw(RunResult result, List<EpochReport> history, Optional<EmbeddingPlot> map) throws IOException {
        RunFigures figures = RunFigures.of(result, history);
        map.map(figures::with).orElse(figures).write(folder.path().resolve("figures"), console);
        try {
            if (result.shown().isPresent()) {
                SideResult shown = result.shown().get();
                ConfusionPlot.of(shown.evaluation().matrix(), "Confusion matrix, " + shown.side() + " side")
                        .write(folder.confusion());
            }
            ConfusionAnimation.write(history, folder.confusionAnimation());
        } catch (IllegalStateException noFonts) {
            // The model is complete, so a machine without fonts must not fail the run.
            console.accept("confusion matrices are not drawn: " + noFonts.getMessage());
        }
    }

    private Map<String, String> facts(RunResult result, Provenance provenance, TrainedEmotions emotions) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("finished", provenance.created().replace('T', ' ').replace("Z", " UTC"));
        facts.put("took", duration(provenance.seconds()));
        int refit = result.kept().refit();
        facts.put(
                "kept",
                result.kept().text() + " of " + settings.training().epochs()
                        + (refit == 0
                                ? ""
                                : ", then anew for " + Counted.of(refit, "epoch") + " with the validation side"));
        facts.put("temperature", String.format(Locale.ROOT, "%.3f", result.temperature()));
        facts.put("encoder", provenance.encoder());
        facts.put("clips", String.format(Locale.ROOT, "%,d", provenance.clipCount()));
        facts.put("emotions trained", emotions.share());
        facts.put("seed", Long.toString(provenance.seed()));
        facts.put("git commit", shortCommit(provenance.gitCommit()));
        Provenance.Versions versions = provenance.versions();
        facts.put(
                "libraries",
                "Spark " + versions.spark() + ", DL4J " + versions.dl4j() + ", ND4J " + versions.nd4j() + ", Java "
                        + versions.java());
        Provenance.Topology topology = provenance.topology();
        facts.put(
                "ran on",
                topology.master() + " with " + Counted.of(topology.cores(), "core") + ", "
                        + Counted.of(topology.workers(), "worker"));
        return facts;
    }

    /** Returns the first twelve digits of a commit's hash, and any other text unchanged. */
    static String shortCommit(String commit) {
        return commit.replaceFirst("^([0-9a-f]{12})[0-9a-f]+$", "$1");
    }

    /** Returns a time as text, such as {@code 1 min 5 s}. */
    static String duration(double seconds) {
        Duration whole = Duration.ofSeconds(Math.round(seconds));
        return whole.toMinutes() == 0
                ? whole.toSeconds() + " s"
                : whole.toMinutes() + " min " + whole.toSecondsPart() + " s";
    }
}
