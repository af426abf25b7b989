package org.speechemotion.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs in a table for people, a line each. */
public final class RunComparison {
    private static final List<String> HEADER =
            List.of("run", "test UAR", "95 %", "accuracy", "ECE", "validation UAR", "kept epoch", "encoder", "seconds");

    private RunComparison() {}

    public static String table(List<RunSummary> runs) {
        List<List<String>> lines = new ArrayList<>(List.of(HEADER));
        runs.forEach(run -> lines.add(line(run)));
        int[] widths = new int[HEADER.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder table = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                text.append(line.get(i))
                        .append(" ".repeat(widths[i] - line.get(i).length() + 2));
            }
            table.append(text.toString().stripTrailing()).append('\n');
        }
        return table.toString();
    }

    private static List<String> line(RunSummary run) {
        JsonNode metrics = run.metrics();
        return List.of(
                run.name(),
                percent(metrics.at("/test/uar")),
                interval(metrics.path("test")),
                percent(metrics.at("/test/accuracy")),
                number(metrics.at("/test/calibration/after/ece"), "%.3f"),
                percent(metrics.at("/validation/uar")),
                keptEpochs(metrics) + " of " + run.history().size(),
                run.provenance().path("encoder").asText("-"),
                number(run.provenance().path("seconds"), "%.0f"));
    }

    private static String interval(JsonNode side) {
        JsonNode ends = side.path("uar_interval");
        if (ends.size() == 2) {
            return percent(ends.get(0)) + " to " + percent(ends.get(1));
        }
        return side.path("interval_missing").isTextual() ? "too few speakers" : "-";
    }

    /** Runs of earlier builds kept their best. */
    private static String keptEpochs(JsonNode metrics) {
        if (!metrics.has("kept_epochs")) {
            return number(metrics.path("best_epoch"), "%.0f");
        }
        String first = number(metrics.path("kept_epochs").path(0), "%.0f");
        String last = number(metrics.path("kept_epochs").path(1), "%.0f");
        return first.equals(last) ? first : first + " to " + last;
    }

    private static String percent(JsonNode share) {
        return share.isNumber() ? String.format(Locale.ROOT, "%.1f", 100 * share.asDouble()) : "-";
    }

    private static String number(JsonNode number, String format) {
        return number.isNumber() ? String.format(Locale.ROOT, format, number.asDouble()) : "-";
    }
}
