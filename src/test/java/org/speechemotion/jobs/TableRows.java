package org.speechemotion.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.spark.scoring.BatchScoring;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** The rows of tables of scores by their paths. */
final class TableRows {
    /** To which probabilities agree: they are rounded as the batch decides. */
    private static final double ROUNDING = 3e-5;

    private static final Set<String> OF_THE_RUN = Set.of("scored_at", "run");

    private TableRows() {}

    /** Reads a table, which has each path once. */
    static Map<String, Row> read(SparkSession session, String table) {
        Map<String, Row> rows = new TreeMap<>();
        for (Row row : BatchScoring.read(session, table).collectAsList()) {
            assertThat(rows.put(row.getAs("path"), row)).isNull();
        }
        return rows;
    }

    /** Requires that two tables agree in everything but the times of their runs. */
    static void assertSame(Map<String, Row> expected, Map<String, Row> found) {
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach((path, row) -> assertSame(path, row, found.get(path)));
    }

    private static void assertSame(String path, Row expected, Row found) {
        for (String column : expected.schema().fieldNames()) {
            if (!OF_THE_RUN.contains(column)) {
                assertSame(
                        path + " " + column,
                        expected.get(expected.fieldIndex(column)),
                        found.get(found.fieldIndex(column)));
            }
        }
    }

    private static void assertSame(String what, Object expected, Object found) {
        if (expected instanceof Number number) {
            assertThat(((Number) found).doubleValue()).as(what).isCloseTo(number.doubleValue(), within(ROUNDING));
        } else if (expected instanceof Seq<?> elements) {
            List<?> some = JavaConverters.seqAsJavaListConverter(elements).asJava();
            List<?> others =
                    JavaConverters.seqAsJavaListConverter((Seq<?>) found).asJava();
            assertThat(others).as(what).hasSameSizeAs(some);
            for (int i = 0; i < some.size(); i++) {
                assertSame(what, some.get(i), others.get(i));
            }
        } else if (expected instanceof Row row) {
            assertSame(what, row, (Row) found);
        } else {
            assertThat(found).as(what).isEqualTo(expected);
        }
    }
}
