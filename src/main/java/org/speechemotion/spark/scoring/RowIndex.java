package org.speechemotion.spark.scoring;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The answers in the rows of a table by the keys of their inputs. The index is on the driver
 * and takes 30 bytes for each row. The keys are computed where the rows are read, so a listing of millions of inputs is compared
 * with a table of as many rows without sorting them or sending them to other executors.
 */
final class RowIndex {
    private static final double SLOTS_PER_ROW = 1.5;

    private final long[] high;
    private final long[] low;
    /** The number of the answer in each slot, from 1; 0 in a free one. */
    private final int[] numbers;

    private final List<Answer> answers;

    /**
     * The answer in a row.
     *
     * @param emotion null if the input was rejected
     * @param ofThisRun whether the run that makes the index has scored it
     */
    record Answer(boolean ok, String emotion, boolean ofThisRun) implements Serializable {}

    /** The rows of a part of the table. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Part(long[] high, long[] low, Answer[] answers) implements Serializable {}

    private RowIndex(List<Part> parts) {
        long rows = parts.stream().mapToLong(part -> part.high.length).sum();
        int slots = Math.toIntExact(1 + (long) (rows * SLOTS_PER_ROW));
        high = new long[slots];
        low = new long[slots];
        numbers = new int[slots];
        Map<Answer, Integer> known = new LinkedHashMap<>();
        for (Part part : parts) {
            for (int i = 0; i < part.high.length; i++) {
                int slot = slot(part.high[i]);
                while (numbers[slot] != 0) {
                    slot = next(slot);
                }
                high[slot] = part.high[i];
                low[slot] = part.low[i];
                numbers[slot] = known.computeIfAbsent(part.answers[i], answer -> known.size() + 1);
            }
        }
        answers = List.copyOf(known.keySet());
    }

    /**
     * Reads the rows of a table.
     *
     * @param run the time at which the run began, ISO-8601
     */
    static RowIndex of(Dataset<Row> table, String run) {
        return new RowIndex(table.selectExpr(
                        ScoreColumns.PATH,
                        ScoreColumns.BYTES,
                        "unix_millis(" + ScoreColumns.MODIFIED + ") AS " + ScoreColumns.MODIFIED,
                        ScoreColumns.STATUS,
                        ScoreColumns.EMOTION,
                        ScoreColumns.RUN)
                .javaRDD()
                .mapPartitions(rows -> List.of(part(rows, run)).iterator())
                .collect());
    }

    private static Part part(Iterator<Row> rows, String run) {
        InputKey.Maker keys = new InputKey.Maker();
        Map<Answer, Answer> known = new LinkedHashMap<>();
        List<Answer> answers = new ArrayList<>();
        long[] high = new long[1];
        long[] low = new long[1];
        while (rows.hasNext()) {
            Row row = rows.next();
            InputKey key = keys.of(
                    row.getAs(ScoreColumns.PATH), row.getAs(ScoreColumns.BYTES), row.getAs(ScoreColumns.MODIFIED));
            if (answers.size() == high.length) {
                high = Arrays.copyOf(high, 2 * high.length);
                low = Arrays.copyOf(low, 2 * low.length);
            }
            high[answers.size()] = key.high();
            low[answers.size()] = key.low();
            Answer answer = new Answer(
                    ScoreColumns.OK.equals(row.getAs(ScoreColumns.STATUS)),
                    row.getAs(ScoreColumns.EMOTION),
                    run.equals(row.getAs(ScoreColumns.RUN)));
            answers.add(known.computeIfAbsent(answer, same -> same));
        }
        return new Part(
                Arrays.copyOf(high, answers.size()),
                Arrays.copyOf(low, answers.size()),
                answers.toArray(Answer[]::new));
    }

    /** Returns whether an input has a row of this kind. */
    boolean contains(InputKey key, Predicate<Answer> kind) {
        boolean[] found = new boolean[1];
        forEach(key, answer -> found[0] |= kind.test(answer));
        return found[0];
    }

    /** Passes on the answer of each row of an input. */
    void forEach(InputKey key, Consumer<Answer> action) {
        for (int slot = slot(key.high()); numbers[slot] != 0; slot = next(slot)) {
            if (high[slot] == key.high() && low[slot] == key.low()) {
                action.accept(answers.get(numbers[slot] - 1));
            }
        }
    }

    private int slot(long hash) {
        return (int) Long.remainderUnsigned(hash, high.length);
    }

    private int next(int slot) {
        return slot + 1 == high.length ? 0 : slot + 1;
    }
}
