package org.speechemotion.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.speechemotion.report.figure.Figure;
import org.speechemotion.train.EpochReport;

/**
 * All figures of a run by name. They have no titles, because papers use captions instead.
 *
 * @param figures the figures: name → figure
 */
public record RunFigures(Map<String, Figure> figures) {
    /** Draws the curves of the training and the figures of {@link RunResult#shown the side that stands for the run}. */
    public static RunFigures of(RunResult result, List<EpochReport> history) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put("recall", TrainingPlot.recall(history, result.kept()));
        figures.put("loss", TrainingPlot.loss(history, result.kept()));
        result.shown().ifPresent(side -> figures.putAll(of(side).figures()));
        return new RunFigures(figures);
    }

    /** Draws the figures of one side. */
    public static RunFigures of(SideResult side) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put("confusion", ConfusionPlot.of(side.evaluation().matrix()));
        figures.put("classes", ClassScoresPlot.of(side.evaluation().matrix()));
        figures.put("reliability", ReliabilityPlot.of(side));
        figures.put("risk-coverage", RiskCoveragePlot.of(side));
        return new RunFigures(figures);
    }

    /** Adds the maps of the clips. */
    public RunFigures with(EmbeddingPlot embeddings) {
        Map<String, Figure> more = new LinkedHashMap<>(figures);
        more.put("embeddings-emotion", embeddings.byEmotion());
        more.put("embeddings-speaker", embeddings.bySpeaker());
        return new RunFigures(more);
    }

    /**
     * Writes or replaces each figure as SVG, PDF and PNG. Without fonts no PNG is written, and the console receives a
     * message.
     *
     * @param folder the folder, which is created if it is missing
     */
    public void write(Path folder, Consumer<String> console) throws IOException {
        Files.createDirectories(folder);
        boolean fonts = true;
        for (Map.Entry<String, Figure> named : figures.entrySet()) {
            for (String format : List.of(".svg", ".pdf", ".png")) {
                if (fonts || !format.equals(".png")) {
                    fonts &= write(named.getValue(), folder.resolve(named.getKey() + format), console);
                }
            }
        }
    }

    private static boolean write(Figure figure, Path file, Consumer<String> console) throws IOException {
        try {
            figure.write(file);
            return true;
        } catch (IllegalStateException noFonts) {
            console.accept("figures are not written as PNG: " + noFonts.getMessage());
            return false;
        }
    }
}
