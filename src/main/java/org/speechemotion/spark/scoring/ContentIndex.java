package org.speechemotion.spark.scoring;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
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
        List<ContentIndex> parts = table.select(ScoreColumns.CONTENT, ScoreColumns.BYTES)
                .filter(ScoreColumns.CONTENT + " is not null")
                .javaRDD()
                .mapPartitions(part -> List.of(part(part)).iterator())
                .collect();
        return new ContentIndex(
                distinct(parts.stream().map(part -> part.prefixes).toList()),
                distinct(parts.stream().map(part -> part.sizes).toList()));
    }

    private static ContentIndex part(Iterator<Row> rows) {
        LongStream.Builder prefixes = LongStream.builder();
        LongStream.Builder sizes = LongStream.builder();
        rows.forEachRemaining(row -> {
            prefixes.add(prefix(row.getAs(ScoreColumns.CONTENT)));
            sizes.add(row.<Long>getAs(ScoreColumns.BYTES));
        });
        return new ContentIndex(
                distinct(List.of(prefixes.build().toArray())),
                distinct(List.of(sizes.build().toArray())));
    }

    /** Merges numbers in sorted order, without the objects that the operations of streams would make of each of them. */
    private static long[] distinct(List<long[]> parts) {
        long[] all = new long[parts.stream().mapToInt(part -> part.length).reduce(0, Math::addExact)];
        int end = 0;
        for (long[] part : parts) {
            System.arraycopy(part, 0, all, end, part.length);
            end += part.length;
        }
        Arrays.sort(all);
        int distinct = 0;
        for (long number : all) {
            if (distinct == 0 || number != all[distinct - 1]) {
                all[distinct++] = number;
            }
        }
        return Arrays.copyOf(all, distinct);
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
