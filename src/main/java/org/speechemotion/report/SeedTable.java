package org.speechemotion.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.speechemotion.settings.FlatSettings;

/** A table of runs that differ only in the seed of the training: one row for them, with the spread of the scores. */
final class SeedTable {
    private static final String SEED = "training.seed";
    private static final List<String> HEADER = List.of("runs", "seeds", "test UAR", "accuracy", "validation UAR");

    private SeedTable() {}

    /**
     * Returns a row for each two or more ended runs whose settings are equal but for the seed and the section {@code run}; ""
     * if there are none.
     */
    static String of(List<RunSummary> runs) {
        List<List<String>> rows = new ArrayList<>(List.of(HEADER));
        groups(runs).stream().filter(group -> group.size() > 1).forEach(group -> rows.add(row(group)));
        return rows.size() == 1 ? "" : TextTable.of(rows);
    }

    /** Returns the runs by their settings and, within, by their seeds. */
    private static Collection<Map<String, RunSummary>> groups(List<RunSummary> runs) {
        Map<Map<String, String>, Map<String, RunSummary>> groups = new LinkedHashMap<>();
        for (RunSummary run : runs) {
            if (run.provenance().has("settings")) {
                Map<String, String> settings =
                        new LinkedHashMap<>(FlatSettings.of(run.provenance().path("settings")));
                String seed = settings.getOrDefault(SEED, "?");
                settings.keySet().removeIf(key -> key.startsWith("run.") || key.equals(SEED));
                groups.computeIfAbsent(settings, first -> new LinkedHashMap<>()).putIfAbsent(seed, run);
            }
        }
        return groups.values();
    }

    private static List<String> row(Map<String, RunSummary> bySeed) {
        String first = bySeed.values().iterator().next().name();
        return List.of(
                first + " and " + (bySeed.size() - 1) + " more",
                bySeed.keySet().stream().sorted().collect(Collectors.joining(", ")),
                spread(bySeed.values(), "/test/uar"),
                spread(bySeed.values(), "/test/accuracy"),
                spread(bySeed.values(), "/validation/uar"));
    }

    /** Returns the mean and the standard deviation of a sample in percent, such as {@code 58.1 ± 1.2}. */
    private static String spread(Collection<RunSummary> runs, String pointer) {
        double[] values = runs.stream()
                .map(run -> run.metrics().at(pointer))
                .filter(JsonNode::isNumber)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
        if (values.length < 2) {
            return "-";
        }
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return String.format(Locale.ROOT, "%.1f ± %.1f", 100 * mean, 100 * Math.sqrt(squares / (values.length - 1)));
    }
}
