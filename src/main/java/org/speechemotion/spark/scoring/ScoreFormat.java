package org.speechemotion.spark.scoring;

import java.util.Locale;
import java.util.Map;

/** How a table's files are written: told from the extension of the table's own name. */
enum ScoreFormat {
    PARQUET,
    JSON,
    CSV;

    /** .csv, .json and .jsonl for JSON lines, otherwise Parquet. */
    static ScoreFormat of(String output) {
        String name = output.toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return CSV;
        }
        return name.endsWith(".json") || name.endsWith(".jsonl") ? JSON : PARQUET;
    }

    /** As Spark calls it, which is also the extension of the files. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What text of any kind needs to come back as it was. */
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
