package org.speechemotion.spark.scoring;

import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.speechemotion.spark.io.InputPattern;

/** Writes the timelines of an existing table for other programs, a file for each recording, by the tasks that read the table. */
public final class TableExport {
    private static final String AGE = "age";

    private TableExport() {}

    /** The number of files that a task wrote, and one of them. */
    private record Written(long files, String example) implements Serializable {}

    /**
     * Writes the newest row of each recording, unless it is rejected.
     *
     * @param table a table of scores
     * @param input names recordings by the paths of their rows; see {@link InputPattern}; "" for all
     * @param format the name of a format
     * @param output a folder, in which the files are in a folder of the name of the format
     * @return the number of files
     * @throws IllegalArgumentException if it is not a table of scores, or has no timelines
     */
    public static long write(SparkSession session, String table, String input, String format, String output)
            throws IOException {
        Configuration configuration = session.sparkContext().hadoopConfiguration();
        Dataset<Row> rows = newest(ScoreTable.read(session, table));
        StructType schema = rows.schema();
        FileSystem files = files(output, configuration);
        Path folder = files.makeQualified(new Path(output));
        new TimelineExport(files, folder, schema, List.of(format)); // a wrong format is reported at once
        JavaRDD<Row> wanted = rows.javaRDD();
        if (!input.isEmpty()) {
            InputPattern pattern = InputPattern.of(input, configuration);
            wanted = wanted.filter(row -> pattern.matches(row.getAs(ScoreColumns.PATH)));
        }
        SerializableConfiguration hadoop = new SerializableConfiguration(configuration);
        String target = folder.toString();
        List<Written> written = wanted.mapPartitions(part -> write(part, target, schema, format, hadoop.value()))
                .collect();
        for (Written task : written) {
            if (task.files > 0 && !files.exists(new Path(task.example))) {
                throw new IOException("output " + output + " is not the driver's on every executor: " + task.example
                        + " is missing. On a cluster it must be on a file system that all machines share");
            }
        }
        return written.stream().mapToLong(Written::files).sum();
    }

    /** Returns the row with the latest time of each path; of several models, the last one counts. */
    private static Dataset<Row> newest(Dataset<Row> table) {
        String[] columns = TimelineExport.columns(table.schema());
        return table.withColumn(
                        AGE,
                        functions
                                .row_number()
                                .over(Window.partitionBy(ScoreColumns.PATH)
                                        .orderBy(functions
                                                .col(ScoreColumns.SCORED_AT)
                                                .desc())))
                .filter(AGE + " = 1")
                .selectExpr(columns);
    }

    private static Iterator<Written> write(
            Iterator<Row> rows, String folder, StructType schema, String format, Configuration hadoop)
            throws IOException {
        TimelineExport export = new TimelineExport(files(folder, hadoop), new Path(folder), schema, List.of(format));
        long count = 0;
        String last = "";
        while (rows.hasNext()) {
            Optional<Path> file = export.write(rows.next());
            if (file.isPresent()) {
                last = file.get().toString();
                count++;
            }
        }
        return List.of(new Written(count, last)).iterator();
    }

    private static FileSystem files(String folder, Configuration hadoop) throws IOException {
        return ScoreTable.withoutChecksums(new Path(folder).getFileSystem(hadoop));
    }
}
