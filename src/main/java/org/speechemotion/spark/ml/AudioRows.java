package org.speechemotion.spark.ml;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.audio.DecodedAudio;
import org.speechemotion.audio.RejectionReason;
import org.speechemotion.common.Result;
import org.speechemotion.spark.catalog.Catalog;

/** Adds columns computed from the audio of each row, lazily. All rows and their order stay. */
final class AudioRows {
    /**
     * The computation in a task.
     *
     * @param <R> the type of a clip's result
     */
    public interface Work<R> extends Serializable {
        ClipReader reader();

        /** Computes one result for each clip, lazily, in the same order. */
        Iterator<R> run(Iterator<Result<DecodedAudio>> clips);

        /** Returns the values of the columns that are added. The last one is the message, which is null for an accepted clip. */
        Object[] values(R result);
    }

    private AudioRows() {}

    /**
     * Returns the table with more columns.
     *
     * @param schema the columns of the table, then the added ones
     */
    static <R> Dataset<Row> add(Dataset<?> table, StructType schema, HasAudioInput<?> stage, Work<R> work) {
        int column = table.schema().fieldIndex(stage.getInputCol());
        boolean bytes = table.schema().fields()[column].dataType() instanceof BinaryType;
        MapPartitionsFunction<Row, Row> task = rows -> new Rows<>(rows, column, bytes, work);
        Dataset<Row> added = table.toDF().mapPartitions(task, Encoders.row(schema));
        // Rows have no metadata, in which Spark ML keeps the meaning of a column's values.
        for (StructField field : table.schema().fields()) {
            if (!field.metadata().equals(org.apache.spark.sql.types.Metadata.empty())) {
                added = added.withColumn(
                        field.name(), Columns.named(field.name()).as(field.name(), field.metadata()));
            }
        }
        return stage.getHandleInvalid().equals(HasAudioInput.SKIP)
                ? added.filter(Columns.named(stage.getStatusCol()).equalTo(Catalog.OK))
                : added;
    }

    static Vector vector(float[] values) {
        double[] copy = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            copy[i] = values[i];
        }
        return Vectors.dense(copy);
    }

    /** A row that waits for its result; {@code note} is the note on its recording, or "". */
    private record Waiting(Row row, String note) {}

    /** The rows of a partition. Rows that are read ahead wait for their results. */
    private static final class Rows<R> implements Iterator<Row> {
        private final int column;
        private final boolean bytes;
        private final Work<R> work;
        private final ClipReader reader;
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private final Iterator<R> results;

        Rows(Iterator<Row> rows, int column, boolean bytes, Work<R> work) {
            this.column = column;
            this.bytes = bytes;
            this.work = work;
            this.reader = work.reader();
            this.results = work.run(new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return rows.hasNext();
                }

                @Override
                public Result<DecodedAudio> next() {
                    return clip(rows.next());
                }
            });
        }

        private Result<DecodedAudio> clip(Row row) {
            Result<DecodedAudio> clip = read(row);
            waiting.add(new Waiting(row, clip.fold(decoded -> decoded.source().note(), rejection -> "")));
            return clip;
        }

        private Result<DecodedAudio> read(Row row) {
            if (row.isNullAt(column)) {
                return Result.rejected(RejectionReason.EMPTY.rejection("there is no audio: the value is null"));
            }
            if (bytes) {
                return reader.decode(row.getAs(column));
            }
            return reader.read(row.getString(column));
        }

        @Override
        public boolean hasNext() {
            return results.hasNext();
        }

        @Override
        public Row next() {
            Object[] values = work.values(results.next());
            Waiting next = waiting.remove();
            if (values[values.length - 1] == null && !next.note().isEmpty()) {
                values[values.length - 1] = next.note();
            }
            Row row = next.row();
            Object[] all = new Object[row.size() + values.length];
            for (int i = 0; i < row.size(); i++) {
                all[i] = row.get(i);
            }
            System.arraycopy(values, 0, all, row.size(), values.length);
            return RowFactory.create(all);
        }
    }
}
