package org.speechemotion.spark.stream;

import java.io.Serializable;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.unsafe.types.UTF8String;
import org.speechemotion.spark.io.FileTree;

/** Presents a {@link StableFileStream} to Structured Streaming, as a table with a row for each file. Spark creates it by its name. */
public final class StableFileSource implements TableProvider {
    private static final String INPUT = "input";
    private static final String EXCEPT = "except";
    private static final String SETTLE = "settle";

    private static final String PATH = "path";
    private static final String FOLDER = "folder";
    private static final String BYTES = "bytes";
    private static final String MODIFIED = "modified";
    private static final String FAILURE = "failure";

    private static final StructType SCHEMA = new StructType()
            .add(PATH, DataTypes.StringType, false)
            .add(FOLDER, DataTypes.BooleanType, false)
            .add(BYTES, DataTypes.LongType, false)
            .add(MODIFIED, DataTypes.LongType, false)
            .add(FAILURE, DataTypes.StringType, false);

    /** Opens the stream; see {@link StableFileStream}. */
    static Dataset<Row> read(SparkSession session, String input, String except, Duration settle) {
        return session.readStream()
                .format(StableFileSource.class.getName())
                .option(INPUT, input)
                .option(EXCEPT, except)
                .option(SETTLE, settle.toString())
                .load();
    }

    /** Returns the files of a micro-batch. */
    static List<FileTree.Entry> files(Dataset<Row> batch) {
        return batch.collectAsList().stream()
                .map(row -> new FileTree.Entry(
                        row.getAs(PATH), row.getAs(FOLDER), row.getAs(BYTES), row.getAs(MODIFIED), row.getAs(FAILURE)))
                .toList();
    }

    /** The files of one micro-batch. */
    record Files(List<FileTree.Entry> files) implements InputPartition {}

    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        return SCHEMA;
    }

    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> properties) {
        return new FileTable();
    }

    private static final class FileTable implements Table, SupportsRead {
        @Override
        public String name() {
            return "stable files";
        }

        @Override
        @SuppressWarnings("deprecation") // the method that replaces it calls this one
        public StructType schema() {
            return SCHEMA;
        }

        @Override
        public Set<TableCapability> capabilities() {
            return Set.of(TableCapability.MICRO_BATCH_READ);
        }

        @Override
        public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
            return () -> new FolderScan(options);
        }
    }

    private record FolderScan(CaseInsensitiveStringMap options) implements Scan {
        @Override
        public StructType readSchema() {
            return SCHEMA;
        }

        @Override
        public MicroBatchStream toMicroBatchStream(String checkpoint) {
            return new StableFileStream(
                    options.get(INPUT),
                    options.get(EXCEPT),
                    Duration.parse(options.get(SETTLE)),
                    SparkSession.active().sparkContext().hadoopConfiguration());
        }
    }

    static PartitionReaderFactory reader() {
        return (PartitionReaderFactory & Serializable)
                partition -> new Rows(((Files) partition).files().iterator());
    }

    private static final class Rows implements PartitionReader<InternalRow> {
        private final Iterator<FileTree.Entry> files;

        Rows(Iterator<FileTree.Entry> files) {
            this.files = files;
        }

        @Override
        public boolean next() {
            return files.hasNext();
        }

        @Override
        public InternalRow get() {
            FileTree.Entry file = files.next();
            return new GenericInternalRow(new Object[] {
                UTF8String.fromString(file.path()),
                file.folder(),
                file.bytes(),
                file.modified(),
                UTF8String.fromString(file.failure())
            });
        }

        @Override
        public void close() {}
    }
}
