package org.speechemotion.spark.io;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Writes rows to one Parquet file from the driver. The folder of a run is on the driver's disk, where Spark, whose executors do
 * the writing, could not write it.
 */
public final class ParquetTable {
    private ParquetTable() {}

    /** Writes a table of integers, floating-point numbers and text, replacing an existing file. */
    public static void write(List<Row> rows, StructType columns, java.nio.file.Path file) throws IOException {
        MessageType schema = schema(columns);
        Configuration configuration = new Configuration();
        Path path = new Path(file.toUri());
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(HadoopOutputFile.fromPath(path, configuration))
                .withType(schema)
                .withCompressionCodec(CompressionCodecName.GZIP)
                .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                .build()) {
            for (Row row : rows) {
                writer.write(group(row, schema));
            }
        }
    }

    private static MessageType schema(StructType columns) {
        return MessageTypeParser.parseMessageType(Arrays.stream(columns.fields())
                .map(field -> "optional " + type(field) + ";")
                .collect(Collectors.joining(" ", "message table { ", " }")));
    }

    private static String type(StructField field) {
        if (field.dataType().equals(DataTypes.IntegerType)) {
            return "int32 " + field.name();
        }
        if (field.dataType().equals(DataTypes.FloatType)) {
            return "float " + field.name();
        }
        return field.dataType().equals(DataTypes.DoubleType)
                ? "double " + field.name()
                : "binary " + field.name() + " (STRING)";
    }

    private static Group group(Row row, MessageType schema) {
        Group group = new SimpleGroup(schema);
        for (int i = 0; i < row.size(); i++) {
            Object value = row.get(i);
            if (value instanceof Integer integer) {
                group.add(i, integer);
            } else if (value instanceof Float real) {
                group.add(i, real);
            } else if (value instanceof Double real) {
                group.add(i, real);
            } else if (value instanceof String text) {
                group.add(i, text);
            }
        }
        return group;
    }
}
