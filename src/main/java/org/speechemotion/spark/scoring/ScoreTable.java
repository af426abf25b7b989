package org.speechemotion.spark.scoring;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.speechemotion.spark.io.SmallFile;
import org.speechemotion.spark.io.SparkSessions;
import org.speechemotion.spark.io.WriterLock;

/**
 * A table of scores that is open for writing: a folder on any Hadoop file system. Its description is the file {@value #DESCRIPTION},
 * which readers of tables ignore. The methods may be called from several threads.
 */
public abstract sealed class ScoreTable implements AutoCloseable permits FileScoreTable, DeltaScoreTable {
    static final String DESCRIPTION = "_scores.json";

    private static final int MAX_DESCRIPTION_BYTES = 1 << 20;

    private final SparkSession session;
    private final FileSystem files;
    private final Path folder;
    private final ScoreColumns columns;

    ScoreTable(SparkSession session, FileSystem files, Path folder, ScoreColumns columns) {
        this.session = session;
        this.files = files;
        this.folder = folder;
        this.columns = columns;
    }

    /**
     * Opens a table for writing, or creates one.
     *
     * @param run a name of the run that no other run on this table has
     * @throws IllegalArgumentException if the folder is a table of other settings or not a table, another run writes to a table
     *     that has one writer only, or Delta Lake is not on the class path
     */
    static ScoreTable open(
            SparkSession session,
            String output,
            ScoreTableDescription description,
            String run,
            Consumer<String> console)
            throws IOException {
        ScoreFormat format = ScoreFormat.of(output);
        requireSupported(format, output);
        Path given = new Path(output);
        FileSystem files =
                withoutChecksums(given.getFileSystem(session.sparkContext().hadoopConfiguration()));
        Path folder = files.makeQualified(given);
        requireOurs(files, folder, description);
        files.mkdirs(folder);
        SparkSession own = independentOfDriver(session);
        return format == ScoreFormat.DELTA
                ? DeltaScoreTable.open(own, files, folder, description, run, console)
                : FileScoreTable.open(own, files, folder, format, description, run, console);
    }

    private static void requireSupported(ScoreFormat format, String table) {
        if (format == ScoreFormat.DELTA && !DeltaScoreTable.isSupported()) {
            throw new IllegalArgumentException(table
                    + " is a Delta table, but Delta Lake is not on the class path; add"
                    + " spark.jars.packages=io.delta:delta-spark_2.12:3.3.2, or choose .parquet, .csv or .jsonl");
        }
    }

    /** Hadoop keeps checksums of local files in separate files, and one renaming could not move both. */
    static FileSystem withoutChecksums(FileSystem files) {
        return files instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : files;
    }

    /** Returns whether the table exists, and requires that it has these settings. */
    static boolean requireOurs(FileSystem files, Path folder, ScoreTableDescription description) throws IOException {
        Optional<ScoreTableDescription> there = read(files, folder);
        if (there.isPresent()) {
            List<String> differences = description.differences(there.get());
            if (!differences.isEmpty()) {
                throw new IllegalArgumentException("output " + folder + " is a table of other settings: "
                        + String.join("; ", differences) + ". Choose another output, or those settings");
            }
            return true;
        }
        if (files.exists(folder)
                && (!files.getFileStatus(folder).isDirectory()
                        || Arrays.stream(files.listStatus(folder))
                                .map(status -> status.getPath().getName())
                                .anyMatch(name -> !name.startsWith(".") && !name.equals(WriterLock.FILE)))) {
            throw new IllegalArgumentException(
                    "output " + folder + " already exists and is not a table of scores: it has no " + DESCRIPTION
                            + ". Choose another output");
        }
        return false;
    }

    private static Optional<ScoreTableDescription> read(FileSystem files, Path folder) throws IOException {
        Path file = new Path(folder, DESCRIPTION);
        if (!files.exists(folder) || !files.getFileStatus(folder).isDirectory()) {
            return Optional.empty();
        }
        try {
            return SmallFile.read(files, file, MAX_DESCRIPTION_BYTES).map(ScoreTableDescription::fromJson);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "output " + folder + " is not a table that this version writes: in " + DESCRIPTION + " "
                            + e.getMessage(),
                    e);
        }
    }

    /** Returns a session whose tables do not depend on the driver's time zone and settings. */
    private static SparkSession independentOfDriver(SparkSession session) {
        SparkSession own = session.newSession();
        own.conf().set("spark.sql.session.timeZone", "UTC");
        own.conf().set(SparkSessions.DELTA_CHECK, "false");
        // A truncated row is an error, whichever columns are read.
        own.conf().set("spark.sql.csv.parser.columnPruning.enabled", "false");
        own.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
        return own;
    }

    /** Returns whether a path is the folder of the table or below it. */
    boolean contains(String path) {
        return path.equals(folder.toString()) || path.startsWith(folder + "/");
    }

    /** Returns the qualified path of the table. */
    public String path() {
        return folder.toString();
    }

    SparkSession session() {
        return session;
    }

    TimelineExport export(List<String> formats) {
        return new TimelineExport(files, new Path(folder, TimelineExport.FOLDER), columns.table(), formats);
    }

    ScoreColumns columns() {
        return columns;
    }

    /** Removes a file or folder that is in the folder and does not belong to the table, if it exists. */
    public void remove(String name) throws IOException {
        files.delete(new Path(folder, name), true);
    }

    /** Reads the rows that have been committed so far. */
    Dataset<Row> read() {
        return read(session, folder.toString(), columns);
    }

    /**
     * Reads a table with the columns that its description names.
     *
     * @throws IllegalArgumentException if it is not a table of scores
     */
    static Dataset<Row> read(SparkSession session, String output) throws IOException {
        Path folder = new Path(output);
        FileSystem files = folder.getFileSystem(session.sparkContext().hadoopConfiguration());
        ScoreTableDescription description = read(files, folder)
                .orElseThrow(() ->
                        new IllegalArgumentException(output + " is not a table of scores: it has no " + DESCRIPTION));
        return read(session, output, columns(description, output));
    }

    private static ScoreColumns columns(ScoreTableDescription description, String output) {
        return description.columns(ScoreFormat.of(output));
    }

    private static Dataset<Row> read(SparkSession session, String output, ScoreColumns columns) {
        StructType schema = columns.table();
        ScoreFormat format = ScoreFormat.of(output);
        if (format == ScoreFormat.DELTA) {
            requireSupported(format, output);
            return session.read().format(format.id()).load(output).selectExpr(schema.fieldNames());
        }
        // Spark would read a path with these characters as a glob.
        String path = output.replaceAll("[*?\\[\\]{}\\\\]", "\\\\$0");
        Dataset<Row> table = session.read()
                .schema(schema)
                .format(format.id())
                .options(format.options())
                .option("mode", "FAILFAST")
                .load(path);
        // The names of folders would add columns.
        return table.selectExpr(schema.fieldNames());
    }

    /**
     * Adds the rows of a batch. Readers see all of them or none.
     *
     * @param name the name of the batch; the same inputs must have the same name
     * @param subfolder the folder inside the table; "" for the table's own
     */
    abstract void commit(String name, String subfolder, List<Row> rows) throws IOException;

    /**
     * Renames the files of the table that cannot be read, so that their inputs are scored again.
     *
     * @return whether there were any
     */
    abstract boolean quarantineDamagedFiles() throws IOException;

    @Override
    public abstract void close() throws IOException;

    FileSystem files() {
        return files;
    }

    Path folder() {
        return folder;
    }
}
