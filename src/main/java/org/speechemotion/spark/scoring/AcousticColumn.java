package org.speechemotion.spark.scoring;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.acoustics.AcousticProfile;
import org.speechemotion.acoustics.AcousticProperty;

/** Reads the acoustic properties of recordings from a table of scores, without the recordings. */
public final class AcousticColumn {
    /** The maximum number of recordings; quantiles of more would not differ. */
    static final int MAX_RECORDINGS = 100_000;

    private AcousticColumn() {}

    /**
     * Returns the profile of each channel of the recordings that were scored.
     *
     * @param table a table of scores with the column {@value ScoreColumns#ACOUSTICS}; of more than {@value #MAX_RECORDINGS}
     *     recordings, those whose paths have the smallest hashes are read
     * @param where a condition in SQL that the rows must meet; empty for all rows
     * @throws IllegalArgumentException if it is not a table of scores, has no such column, or the condition is invalid
     */
    public static List<AcousticProfile> profiles(SparkSession session, String table, Optional<String> where) {
        Dataset<Row> rows = BatchScoring.read(session, table);
        if (!Arrays.asList(rows.columns()).contains(ScoreColumns.ACOUSTICS)) {
            throw new IllegalArgumentException("table " + table + " has no column " + ScoreColumns.ACOUSTICS
                    + "; allowed: a table that was scored with score.acoustics=true");
        }
        return where
                .map(condition -> filtered(rows, condition))
                .orElse(rows)
                .filter(col(ScoreColumns.STATUS).equalTo(ScoreColumns.OK))
                .orderBy(xxhash64(col(ScoreColumns.PATH)), col(ScoreColumns.PATH))
                .limit(MAX_RECORDINGS)
                .select(explode(col(ScoreColumns.ACOUSTICS)))
                .select("col.*")
                .collectAsList()
                .stream()
                .map(AcousticColumn::profile)
                .toList();
    }

    private static Dataset<Row> filtered(Dataset<Row> rows, String condition) {
        try {
            return rows.filter(condition);
        } catch (Exception e) { // AnalysisException, which Scala does not declare
            throw new IllegalArgumentException(
                    "check.where is " + condition + ", which is not a condition on the columns of the table: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    private static AcousticProfile profile(Row channel) {
        Map<AcousticProperty, Double> values = new EnumMap<>(AcousticProperty.class);
        for (AcousticProperty property : AcousticProperty.values()) {
            Double value = channel.getAs(ScoreColumns.column(property));
            if (value != null) {
                values.put(property, value);
            }
        }
        return new AcousticProfile(values);
    }
}
