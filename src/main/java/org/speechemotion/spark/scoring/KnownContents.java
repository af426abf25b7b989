package org.speechemotion.spark.scoring;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.speechemotion.audio.SeenContent;

/**
 * Which contents a table has a row of, by the first 64 bits of their SHA-256: 8 bytes each, so that they can be sent to
 * every executor. Two contents in ten million may share them by a chance of 1 to 370,000; who finds one here looks into the
 * table for the rest. And which sizes they have: what has another need not be hashed before it is decoded.
 */
final class KnownContents implements SeenContent, Serializable {
    private static final long serialVersionUID = 1L;
    static final KnownContents NONE = new KnownContents(new long[0], new long[0]);
    private static final int DIGITS = 16;

    private final long[] beginnings;
    private final long[] sizes;

    private KnownContents(long[] beginnings, long[] sizes) {
        this.beginnings = beginnings;
        this.sizes = sizes;
    }

    /** Of a table's rows. */
    static KnownContents of(Dataset<Row> table) {
        Dataset<Row> contents =
                table.select(ScoreColumns.CONTENT, ScoreColumns.BYTES).filter(ScoreColumns.CONTENT + " is not null");
        return new KnownContents(
                sorted(contents, row -> beginning(row.getAs(ScoreColumns.CONTENT))), sorted(contents, row -> row.<Long>getAs(ScoreColumns.BYTES)));
    }

    private static long[] sorted(Dataset<Row> rows, NumberOf number) {
        JavaRDD<long[]> parts = rows.javaRDD()
                .mapPartitions(part -> List.of(distinct(part, number)).iterator());
        return parts.collect().stream()
                .flatMapToLong(Arrays::stream)
                .sorted()
                .distinct()
                .toArray();
    }

    private static long[] distinct(Iterator<Row> rows, NumberOf number) {
        LongStream.Builder numbers = LongStream.builder();
        rows.forEachRemaining(row -> numbers.add(number.of(row)));
        return numbers.build().sorted().distinct().toArray();
    }

    private interface NumberOf extends Serializable {
        long of(Row row);
    }

    @Override
    public boolean mayHaveSize(long bytes) {
        return Arrays.binarySearch(sizes, bytes) >= 0;
    }

    @Override
    public boolean mayHave(String sha256) {
        return Arrays.binarySearch(beginnings, beginning(sha256)) >= 0;
    }

    private static long beginning(String content) {
        return Long.parseUnsignedLong(content.substring(0, DIGITS), DIGITS);
    }
}
