package org.speechemotion.spark.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.speechemotion.common.AtomicFiles;
import org.speechemotion.report.MetricsJson;
import org.speechemotion.report.PredictionTable;
import org.speechemotion.report.Rejections;
import org.speechemotion.report.ResultTable;
import org.speechemotion.report.RunFigures;
import org.speechemotion.report.SideResult;
import org.speechemotion.report.html.RunPage;

/**
 * Writes an evaluation as a folder with the files of a run: {@code report.html}, {@code metrics.json},
 * {@code predictions.csv}, {@code results.csv}, {@code results.tex} and {@code figures/}.
 */
public final class EvaluationReport {
    private EvaluationReport() {}

    /**
     * Writes the files.
     *
     * @param folder the folder, which is created if it is missing
     * @param facts names and values below the title of the page
     * @param console the consumer of a message if no PNG files can be written
     */
    public static void write(
            Path folder,
            String title,
            SideResult result,
            Map<String, String> facts,
            Rejections rejections,
            Consumer<String> console)
            throws IOException {
        Files.createDirectories(folder);
        List<SideResult> sides = List.of(result);
        AtomicFiles.write(
                folder.resolve("metrics.json"), MetricsJson.render(Map.of(result.side(), MetricsJson.of(result))));
        AtomicFiles.write(folder.resolve("predictions.csv"), PredictionTable.csv(sides));
        AtomicFiles.write(folder.resolve("results.csv"), ResultTable.csv(sides));
        AtomicFiles.write(folder.resolve("results.tex"), ResultTable.latex(sides));
        RunFigures.of(result).write(folder.resolve("figures"), console);
        AtomicFiles.write(
                folder.resolve("report.html"),
                new RunPage(title, result)
                        .withFacts(facts)
                        .withRejections(rejections)
                        .render());
    }
}
