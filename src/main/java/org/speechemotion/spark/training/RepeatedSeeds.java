package org.speechemotion.spark.training;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.speechemotion.metrics.Scores;
import org.speechemotion.report.MetricsJson;
import org.speechemotion.report.SideResult;
import org.speechemotion.train.RunFolder;

/**
 * The results of one cross-validation for each of several seeds. Their spread is that of the training alone; the spread over
 * speakers is in the interval of each.
 */
public final class RepeatedSeeds {
    private final SortedMap<Long, SideResult> results = new TreeMap<>();

    /** Adds the pooled test clips of a cross-validation. */
    public void add(long seed, SideResult pooled) {
        results.put(seed, pooled);
    }

    /** Writes {@code metrics.json} and {@code seeds.csv}, and returns a line for people. */
    public String write(RunFolder folder) throws IOException {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("seeds", results.keySet());
        metrics.put("mean_uar", mean());
        metrics.put("sd_uar", deviation());
        StringBuilder csv = new StringBuilder("seed,uar,accuracy,macro_f1\n");
        results.forEach((seed, result) -> {
            metrics.put("seed_" + seed, MetricsJson.of(result));
            Scores scores = result.evaluation().scores();
            csv.append(String.format(
                    Locale.ROOT,
                    "%d,%.6f,%.6f,%.6f\n",
                    seed,
                    scores.unweightedAverageRecall(),
                    scores.accuracy(),
                    scores.macroF1()));
        });
        folder.write("metrics.json", MetricsJson.render(metrics));
        folder.write("seeds.csv", csv.toString());
        return String.format(
                Locale.ROOT,
                "UAR of %d seeds: mean %.1f %%, standard deviation %.1f, lowest %.1f, highest %.1f",
                results.size(),
                100 * mean(),
                100 * deviation(),
                100 * recalls().min().orElseThrow(),
                100 * recalls().max().orElseThrow());
    }

    private DoubleStream recalls() {
        return results.values().stream()
                .mapToDouble(result -> result.evaluation().scores().unweightedAverageRecall());
    }

    private double mean() {
        return recalls().average().orElseThrow();
    }

    /** Returns the standard deviation of a sample; 0 for a single seed. */
    private double deviation() {
        double mean = mean();
        double squares =
                recalls().map(recall -> (recall - mean) * (recall - mean)).sum();
        return Math.sqrt(squares / Math.max(1, results.size() - 1));
    }
}
