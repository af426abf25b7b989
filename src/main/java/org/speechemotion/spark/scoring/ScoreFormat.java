package org.speechemotion.spark.scoring;

import java.util.Locale;
import java.util.Map;

/** The format of a table's files, which the extension of the table's name determines. */
enum ScoreFormat {
    PARQUET,
    JSON,
    CSV;

    /** CSV for .csv, JSON lines for .json and .jsonl, otherwise Parquet. */
    static ScoreFormat of(String output) {
        String name = output.toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return CSV;
        }
        return name.endsWith(".json") || name.endsWith(".jsonl") ? JSON : PARQUET;
    }

    /** Spark's name of the format, which is also the extension of the files. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Spark's options with which any text is read as it was written. */
    Map<String, String> options() {
        return switch (this) {
            case PARQUET -> Map.of();
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
