package org.speechemotion.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which contents a table has a row of, by the first 64 bits of their SHA-256: 8 bytes each, so that they can be sent to
 * every executor. Two contents in ten million may share them by a chance of 1 to 370,000; who finds one here looks into the
 * table for the rest.
 */
final class KnownContents implements Serializable {
    private static final long serialVersionUID = 1L;
    static final KnownContents NONE = new KnownContents(new long[0]);
    private static final int DIGITS = 16;

    private final long[] sorted;

    private KnownContents(long[] sorted) {
        this.sorted = sorted;
    }

    /** Of a table's column of contents. */
    static KnownContents of(Dataset<Row> contents) {
        List<long[]> parts =
                contents.javaRDD().mapPartitions(KnownContents::beginnings).collect();
        return new KnownContents(
                parts.stream().flatMapToLong(Arrays::stream).sorted().toArray());
    }

    private static Iterator<long[]> beginnings(Iterator<Row> rows) {
        LongStream.Builder beginnings = LongStream.builder();
        rows.forEachRemaining(row -> beginnings.add(beginning(row.getString(0))));
        return List.of(beginnings.build().toArray()).iterator();
    }

    boolean mayHave(String content) {
        return Arrays.binarySearch(sorted, beginning(content)) >= 0;
    }

    private static long beginning(String content) {
        return Long.parseUnsignedLong(content.substring(0, DIGITS), DIGITS);
    }
}
