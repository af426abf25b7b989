package org.speechemotion.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.speechemotion.settings.FlatSettings;

/** Compares runs in text for people: their scores, paired tests and the settings that differ. */
public final class RunComparison {
    private static final List<String> HEADER = List.of(
            "run",
            "test UAR",
            "95 % interval",
            "accuracy",
            "ECE",
            "validation UAR",
            "kept epoch",
            "encoder",
            "seconds");

    private static final int MAX_VALUE_LENGTH = 40;

    private RunComparison() {}

    /** Returns the scores of all runs, the spread over seeds, the comparison of each run with the first, and the settings that differ. */
    public static String text(List<RunSummary> runs) {
        StringBuilder text = new StringBuilder(table(runs));
        String seeds = SeedTable.of(runs);
        if (!seeds.isEmpty()) {
            text.append("\nequal but for training.seed, mean ± standard deviation of the seeds:\n")
                    .append(seeds);
        }
        List<String> pairs = PairedComparison.lines(runs);
        if (!pairs.isEmpty()) {
            text.append("\npaired over speakers, by sign-flip permutation test:\n");
            pairs.forEach(line -> text.append(line).append('\n'));
            text.append('\n').append(settings(runs));
        }
        return text.toString();
    }

    /** Returns the scores of all runs in percent, one line per run. */
    public static String table(List<RunSummary> runs) {
        List<List<String>> rows = new ArrayList<>(List.of(HEADER));
        runs.forEach(run -> rows.add(line(run)));
        return TextTable.of(rows);
    }

    /**
     * Returns the settings that differ, without the section {@code run}, which only names the run, and without unfinished
     * runs.
     */
    private static String settings(List<RunSummary> runs) {
        List<RunSummary> ended =
                runs.stream().filter(run -> run.provenance().has("settings")).toList();
        Map<String, List<String>> differences = FlatSettings.differences(ended.stream()
                .map(run -> FlatSettings.of(run.provenance().path("settings")))
                .toList());
        differences.keySet().removeIf(key -> key.startsWith("run."));
        if (differences.isEmpty()) {
            return "all settings are equal\n";
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                row("settings that differ", ended.stream().map(RunSummary::name).toList()));
        differences.forEach((key, values) -> rows.add(row(key, values)));
        return TextTable.of(rows);
    }

    private static List<String> row(String key, List<String> values) {
        List<String> row = new ArrayList<>(List.of(key));
        values.forEach(value ->
                row.add(value.length() > MAX_VALUE_LENGTH ? value.substring(0, MAX_VALUE_LENGTH - 1) + "…" : value));
        return row;
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
                run.history().isEmpty()
                        ? "-"
                        : keptEpochs(metrics) + " of " + run.history().size(),
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

    /** Returns the numbers of the kept epochs. Runs of earlier builds always kept the best one. */
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
