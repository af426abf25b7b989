package org.speechemotion.spark;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.speechemotion.audio.AudioSource;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.report.ConfusionPlot;
import org.speechemotion.report.MetricsJson;
import org.speechemotion.report.Misclassified;
import org.speechemotion.report.MisclassifiedFolder;
import org.speechemotion.report.PredictionTable;
import org.speechemotion.report.RunResult;
import org.speechemotion.report.SideResult;
import org.speechemotion.train.RunFolder;

/** Writes what a finished run shows for itself into its folder. */
final class RunReport {
    private final RunFolder folder;
    private final AudioSource audio;
    private final TrainingRun.Settings settings;
    private final Consumer<String> console;

    RunReport(RunFolder folder, AudioSource audio, TrainingRun.Settings settings, Consumer<String> console) {
        this.folder = folder;
        this.audio = audio;
        this.settings = settings;
        this.console = console;
    }

    void write(RunResult result) throws IOException {
        folder.write("metrics.json", MetricsJson.render(result.metrics()));
        folder.write("predictions.csv", PredictionTable.csv(result.sides()));
        if (result.shown().isPresent()) {
            SideResult shown = result.shown().get();
            draw(shown);
            List<Misclassified> errors = Misclassified.worst(shown.predictions(), settings.misclassified());
            if (!errors.isEmpty()) {
                MisclassifiedFolder.write(
                        errors, audio, settings.audio().maximumBytes(), folder.misclassified(), console);
            }
            console.accept(shown.side() + " side:\n" + shown.evaluation().table());
            console.accept(shown.calibrationLine());
        }
    }

    private void draw(SideResult shown) throws IOException {
        List<String> labels = Arrays.stream(Emotion.values()).map(Emotion::id).toList();
        try {
            ConfusionPlot.write(
                    shown.evaluation().matrix().counts(),
                    labels,
                    "Confusion matrix, " + shown.side() + " side",
                    folder.confusion());
        } catch (IllegalStateException noFonts) {
            // The model and its figures are written: a machine without fonts is no reason to fail now.
            console.accept("confusion.png is not drawn: " + noFonts.getMessage());
        }
    }
}
