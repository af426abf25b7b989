package org.speechemotion.jobs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.speechemotion.features.StoreDescription;
import org.speechemotion.report.CurvesPlot;
import org.speechemotion.report.RunComparison;
import org.speechemotion.report.RunSummary;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;

/** {@code emotion compare}: without Spark. */
public final class CompareJob extends Job {
    private static final String CURVES = "compare.png";

    private final List<String> folders = new ArrayList<>();

    public static void main(String[] arguments) {
        main(new CompareJob(), arguments);
    }

    @Override
    String name() {
        return "compare";
    }

    @Override
    String purpose() {
        return "compares runs: their scores, the first run against each other one by a paired test, and the settings"
                + " that differ; draws their curves into a PNG, SVG or PDF file (output, by default compare.png): emotion"
                + " compare runs/*/*";
    }

    @Override
    Collection<String> keys() {
        return List.of("output");
    }

    @Override
    List<String> assignments(List<String> arguments) {
        return InferJob.withoutFiles(arguments, folders);
    }

    @Override
    int run(Settings settings) throws Exception {
        List<RunSummary> runs = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String folder : folders) {
            Optional<RunSummary> run = RunSummary.read(Path.of(folder));
            run.ifPresentOrElse(runs::add, () -> others.add(folder));
        }
        // The pattern runs/*/* matches stores of features too, which lie beside experiments.
        others.removeIf(folder -> Files.isRegularFile(Path.of(folder, StoreDescription.FILE)));
        if (!others.isEmpty()) {
            say("no run: " + String.join(", ", others));
        }
        if (runs.isEmpty()) {
            throw new SettingsException("no run is given: add folders of runs, such as runs/*/*");
        }
        say(RunComparison.text(runs));
        Path curves = Path.of(settings.optionalString("output").orElse(CURVES));
        CurvesPlot.of(runs).write(curves);
        say("curves: " + curves);
        return DONE;
    }
}
