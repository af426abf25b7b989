package org.speechemotion.spark;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.model.ModelBundle;

/** Scores any number of files on the cluster: exactly one row for each path. */
public final class BatchScoring {
    /** Most of a task: small enough that a lost executor costs little, large enough that opening a model does not. */
    private static final int FILES_PER_TASK = 512;

    /** Format → options that text of any kind needs to come back as it was. */
    private static final Map<String, Map<String, String>> OPTIONS = Map.of(
            "parquet",
            Map.of(),
            "json",
            Map.of("ignoreNullFields", "false"),
            "csv",
            Map.of(
                    "header", "true",
                    "escape", "\"",
                    "multiLine", "true",
                    "ignoreLeadingWhiteSpace", "false",
                    "ignoreTrailingWhiteSpace", "false"));

    private BatchScoring() {}

    /** Scores, writes and counts what was written. */
    public static Summary run(
            SparkSession session,
            List<String> paths,
            ModelBundle bundle,
            ClipPipeline pipeline,
            ScoringSettings settings,
            String output) {
        if (settings.embeddings() && format(output).equals("csv")) {
            throw new IllegalArgumentException(
                    "output is " + output + ": CSV cannot hold embeddings; allowed are Parquet and .jsonl");
        }
        write(score(session, paths, bundle, pipeline, settings), output);
        return Summary.of(paths.size(), read(session, output));
    }

    /**
     * Scores paths, lazily.
     *
     * @param paths distinct
     * @param pipeline with the settings of the bundle's own encoder
     */
    public static Dataset<Row> score(
            SparkSession session,
            List<String> paths,
            ModelBundle bundle,
            ClipPipeline pipeline,
            ScoringSettings settings) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        String modelId = bundle.manifest().modelId();
        ClipScoring scoring = new ClipScoring(context, bundle, pipeline, settings.batchSize(), settings.embeddings());
        // Whole waves of equal tasks: one task more than there are cores would take as long as a wave.
        int cores = context.defaultParallelism();
        int waves = (paths.size() + FILES_PER_TASK * cores - 1) / (FILES_PER_TASK * cores);
        return session.createDataFrame(
                context.parallelize(paths, Math.max(1, Math.min(waves * cores, paths.size())))
                        .mapPartitions(scoring::paths)
                        .map(score -> ScoreTable.row(score, modelId, settings)),
                ScoreTable.schema(settings.embeddings()));
    }

    /** Writes the table in the format of the output's extension: Parquet, .csv, or .json / .jsonl for JSON lines. */
    public static void write(Dataset<Row> scores, String output) {
        String format = format(output);
        scores.write().format(format).options(OPTIONS.get(format)).save(output);
    }

    /** What {@link #write} wrote, without embeddings. */
    public static Dataset<Row> read(SparkSession session, String output) {
        String format = format(output);
        // Spark would take a path with these characters for a glob.
        String path = output.replaceAll("[*?\\[\\]{}\\\\]", "\\\\$0");
        return session.read()
                .schema(ScoreTable.SCHEMA)
                .format(format)
                .options(OPTIONS.get(format))
                .load(path);
    }

    private static String format(String output) {
        String name = output.toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return "csv";
        }
        return name.endsWith(".json") || name.endsWith(".jsonl") ? "json" : "parquet";
    }

    /**
     * What was written, counted from the written table itself.
     *
     * @param listed paths that were to be scored
     * @param scored rows with an emotion
     * @param rejected reason → rows
     */
    public record Summary(long listed, long scored, Map<String, Long> rejected) {
        public static Summary of(long listed, Dataset<Row> written) {
            long scored = 0;
            Map<String, Long> rejected = new TreeMap<>();
            for (Row row : written.groupBy("status", "reason").count().collectAsList()) {
                if (Catalog.OK.equals(row.getString(0))) {
                    scored += row.getLong(2);
                } else {
                    rejected.put(row.getString(1), row.getLong(2));
                }
            }
            return new Summary(listed, scored, rejected);
        }

        public long rejections() {
            return rejected.values().stream().mapToLong(Long::longValue).sum();
        }

        /** Whether every listed path has one row. */
        public boolean reconciles() {
            return listed == scored + rejections();
        }

        @Override
        public String toString() {
            return listed + " listed = " + scored + " scored + " + rejections() + " rejected"
                    + (rejected.isEmpty() ? "" : " " + rejected);
        }
    }
}
