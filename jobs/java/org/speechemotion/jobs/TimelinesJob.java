package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.plugin.Plugins;
import org.speechemotion.scoring.export.TimelineFormat;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.io.SparkSessions;
import org.speechemotion.spark.scoring.TableExport;

/** Writes the timelines of a table of scores for other programs. */
@AutoService(Job.class)
public final class TimelinesJob extends Job {
    private static final String FORMAT = "timelines.format";

    @Override
    public String name() {
        return "timelines";
    }

    @Override
    String purpose() {
        return "writes the timelines of a table as subtitles, labels or annotations, a file for each recording";
    }

    @Override
    Collection<String> keys() {
        return List.of("table", "input", "output", FORMAT);
    }

    @Override
    Map<String, String> abbreviations() {
        return Map.of("format", FORMAT);
    }

    @Override
    Usage usage() {
        return Usage.requiring("table", "output")
                .first(FORMAT, "input")
                .meaning("input", "The recordings to write: a path, a folder or a glob as for score; \"\" for all.")
                .meaning("output", "The folder to write. The files are in a folder of the name of the format.");
    }

    @Override
    int run(Settings settings) throws Exception {
        onInterruption("the same command writes all files again");
        String table = settings.required("table");
        String output = settings.required("output");
        String input = settings.string("input");
        String format =
                Plugins.find(TimelineFormat.class, settings.string(FORMAT)).name();
        try (SparkSession session = SparkSessions.open(name())) {
            long files = TableExport.write(session, table, input, format, output);
            say("%,d %s: %s/%s".formatted(files, files == 1 ? "timeline" : "timelines", output, format));
        }
        return DONE;
    }
}
