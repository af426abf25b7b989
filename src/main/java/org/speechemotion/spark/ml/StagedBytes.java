package org.speechemotion.spark.ml;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.speechemotion.common.Sha256;

/**
 * Writes the bytes in the rows of a table to files, because training reads its audio many times. Files are named by the hash of
 * their content, so equal ones are written once by any number of fits.
 */
final class StagedBytes implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String directory;
    private final SerializableConfiguration hadoop;

    /**
     * Creates the files in a folder.
     *
     * @param directory a URI that all machines can read
     */
    StagedBytes(String directory, Configuration hadoop) {
        this.directory = directory;
        this.hadoop = new SerializableConfiguration(hadoop);
    }

    /** Returns the rows with the path of a file, or null, in place of the bytes of a column. */
    Dataset<Row> stage(Dataset<Row> rows, String column) {
        int index = rows.schema().fieldIndex(column);
        StructField[] fields = rows.schema().fields().clone();
        fields[index] = DataTypes.createStructField(column, DataTypes.StringType, true);
        MapFunction<Row, Row> write = row -> {
            Object[] values = new Object[row.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = row.get(i);
            }
            values[index] = row.isNullAt(index) ? null : file(row.getAs(index));
            return RowFactory.create(values);
        };
        return rows.map(write, Encoders.row(new StructType(fields)));
    }

    private String file(byte[] content) throws IOException {
        Path file = new Path(directory, Sha256.of(content));
        FileSystem files = file.getFileSystem(hadoop.value());
        if (!files.exists(file)) {
            // Each attempt writes a file of its own, so that a killed task leaves no incomplete file under the final name.
            Path partial = new Path(
                    directory, "." + file.getName() + "." + TaskContext.get().taskAttemptId());
            try (OutputStream out = files.create(partial, true)) {
                out.write(content);
            }
            if (!files.rename(partial, file)) {
                files.delete(partial, false);
                if (!files.exists(file)) {
                    throw new IOException(file + " could not be written");
                }
            }
        }
        return files.makeQualified(file).toString();
    }
}
