package org.speechemotion.spark.scoring;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.speechemotion.audio.DuplicateFilter;

/**
 * The contents that a table has rows of, by the first 64 bits of their SHA-256. With 8 bytes for each content, the index can be
 * broadcast. Among ten million contents, the probability that two share these bits is 1 in 370,000, so a match is verified in
 * the table. The index also has the sizes of the contents: a file of another size need not be hashed before it is decoded.
 */
final class ContentIndex implements DuplicateFilter, Serializable {
    private static final long serialVersionUID = 1L;
    static final ContentIndex NONE = new ContentIndex(new long[0], new long[0]);
    private static final int DIGITS = 16;

    private final long[] prefixes;
    private final long[] sizes;

    private ContentIndex(long[] prefixes, long[] sizes) {
        this.prefixes = prefixes;
        this.sizes = sizes;
    }

    /** Creates the index of a table. */
    static ContentIndex of(Dataset<Row> table) {
        Dataset<Row> contents =
                table.select(ScoreColumns.CONTENT, ScoreColumns.BYTES).filter(ScoreColumns.CONTENT + " is not null");
        return new ContentIndex(
                sorted(contents, row -> prefix(row.getAs(ScoreColumns.CONTENT))), sorted(contents, row -> row.<Long>getAs(ScoreColumns.BYTES)));
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
    public boolean mightContainSize(long bytes) {
        return Arrays.binarySearch(sizes, bytes) >= 0;
    }

    @Override
    public boolean mightContain(String sha256) {
        return Arrays.binarySearch(prefixes, prefix(sha256)) >= 0;
    }

    private static long prefix(String content) {
        return Long.parseUnsignedLong(content.substring(0, DIGITS), DIGITS);
    }
}
