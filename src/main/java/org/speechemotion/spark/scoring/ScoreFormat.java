package org.speechemotion.spark.scoring;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The format of a table, which the extension of its name determines. */
enum ScoreFormat {
    PARQUET,
    DELTA,
    JSON,
    CSV;

    /** Names of tables may contain full stops, as in {@code scores.2026-11}. */
    private static final Pattern OTHER_FORMAT = Pattern.compile(
            ".*\\.(?:xlsx?|ods|tsv|txt|avro|orc|db|sqlite|duckdb|feather|arrow|xml|html?|ya?ml|zip|tar|gz|wav|mp3|flac)");

    /**
     * Returns CSV for .csv, JSON lines for .json and .jsonl, a Delta table for .delta, and Parquet for .parquet and names without an extension.
     *
     * @throws IllegalArgumentException if the extension is that of another format, such as .xlsx
     */
    static ScoreFormat of(String output) {
        String name = output.toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return CSV;
        }
        if (name.endsWith(".json") || name.endsWith(".jsonl")) {
            return JSON;
        }
        if (name.endsWith(".delta")) {
            return DELTA;
        }
        if (!name.endsWith(".parquet") && OTHER_FORMAT.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "output is " + output + "; allowed extensions: .parquet, .delta, .csv, .json, .jsonl");
        }
        return PARQUET;
    }

    /** Returns Spark's name of the format, which is also the extension of the files. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns Spark's options with which any text is read as it was written. */
    Map<String, String> options() {
        return switch (this) {
            case PARQUET, DELTA -> Map.of();
            case JSON -> Map.of("ignoreNullFields", "false");
            case CSV -> Map.of(
                    "header", "true",
                    "escape", "\"",
                    "multiLine", "true",
                    "ignoreLeadingWhiteSpace", "false",
                    "ignoreTrailingWhiteSpace", "false");
        };
    }
}
