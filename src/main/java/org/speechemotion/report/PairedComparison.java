package org.speechemotion.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.speechemotion.common.Counted;
import org.speechemotion.metrics.PairedTest;

/** Compares runs on the test clips that they have in common, speaker by speaker; see {@link PairedTest}. */
final class PairedComparison {
    private PairedComparison() {}

    /** A test clip with the predictions of two runs. */
    private record Pair(String speaker, String emotion, boolean firstRight, boolean secondRight) {}

    /** Returns a line for each run but the first with its difference from the first. */
    static List<String> lines(List<RunSummary> runs) {
        List<String> lines = new ArrayList<>();
        for (RunSummary other : runs.subList(Math.min(1, runs.size()), runs.size())) {
            lines.add(other.name() + " against " + runs.get(0).name() + ": " + line(runs.get(0), other));
        }
        return lines;
    }

    private static String line(RunSummary first, RunSummary second) {
        List<Pair> pairs = pairs(first, second);
        if (pairs.isEmpty()) {
            return "no test clips in common";
        }
        PairedTest test = PairedTest.of(differences(pairs));
        String interval = test.interval()
                .map(range -> String.format(
                        Locale.ROOT, "95 %% interval %+.1f to %+.1f", 100 * range.low(), 100 * range.high()))
                .orElse("too few speakers for an interval");
        return String.format(
                Locale.ROOT,
                "%+.1f points of UAR (%s), p = %.3f, on %s by %s in common",
                100 * test.difference(),
                interval,
                test.pValue(),
                Counted.of(pairs.size(), "test clip"),
                Counted.of(test.pairs(), "speaker"));
    }

    private static List<Pair> pairs(RunSummary first, RunSummary second) {
        Map<String, ClipPrediction> byPath = new HashMap<>();
        first.testPredictions().forEach(one -> byPath.put(one.path(), one));
        List<Pair> pairs = new ArrayList<>();
        for (ClipPrediction other : second.testPredictions()) {
            ClipPrediction one = byPath.get(other.path());
            if (one != null
                    && one.emotion().equals(other.emotion())
                    && one.speaker().equals(other.speaker())) {
                pairs.add(new Pair(
                        one.speaker(),
                        one.emotion(),
                        one.predicted().equals(one.emotion()),
                        other.predicted().equals(other.emotion())));
            }
        }
        return pairs;
    }

    /** Returns for each speaker the second run's UAR minus the first's, over the emotions that the speaker has clips of. */
    private static double[] differences(List<Pair> pairs) {
        return pairs.stream()
                .collect(Collectors.groupingBy(Pair::speaker, TreeMap::new, Collectors.groupingBy(Pair::emotion)))
                .values()
                .stream()
                .mapToDouble(byEmotion -> byEmotion.values().stream()
                        .mapToDouble(PairedComparison::recallDifference)
                        .average()
                        .orElseThrow())
                .toArray();
    }

    private static double recallDifference(List<Pair> clips) {
        return clips.stream()
                .mapToInt(clip -> (clip.secondRight() ? 1 : 0) - (clip.firstRight() ? 1 : 0))
                .average()
                .orElseThrow();
    }
}
