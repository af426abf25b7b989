package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
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

/** Compares the folders of finished runs. */
@AutoService(Job.class)
public final class CompareJob extends Job {
    private static final String CURVES = "compare.png";

    @Override
    public String name() {
        return "compare";
    }

    @Override
    String purpose() {
        return "compares runs by their scores, a paired test and their settings, and plots their curves";
    }

    @Override
    Collection<String> keys() {
        return List.of("output");
    }

    @Override
    Usage usage() {
        return Usage.requiring()
                .first("output")
                .meaning(
                        "output",
                        "The figure of the learning curves to write: .png, .svg or .pdf; \"\" for compare.png.");
    }

    @Override
    Launcher launcher() {
        return Launcher.QUICK_JAVA;
    }

    @Override
    String operandNames() {
        return "RUN…";
    }

    @Override
    int run(Settings settings) throws Exception {
        List<RunSummary> runs = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String folder : operands()) {
            Optional<RunSummary> run = RunSummary.read(Path.of(folder));
            run.ifPresentOrElse(runs::add, () -> others.add(folder));
        }
        // The pattern runs/*/* also matches feature stores, which are beside experiments.
        others.removeIf(folder -> Files.isRegularFile(Path.of(folder, StoreDescription.FILE)));
        if (!others.isEmpty()) {
            say("not a run: " + String.join(", ", others));
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
