package org.speechemotion.spark.scoring;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.spark.io.WriterLock;

/**
 * A table of Parquet, CSV or JSON files, to which complete files are added by renaming. It has one writer at a time. Files that do
 * not belong to the table have names that begin with a dot or an underscore, which readers of tables ignore.
 */
final class FileScoreTable extends ScoreTable {
    /** The folder of files that are being written. */
    private static final String ATTEMPTS = ".attempts";

    private final ScoreFormat format;
    private final TableFiles parts;
    private final WriterLock lock;

    private FileScoreTable(SparkSession session, TableFiles parts, ScoreColumns columns, WriterLock lock) {
        super(session, parts.files(), parts.folder(), columns);
        this.format = parts.format();
        this.parts = parts;
        this.lock = lock;
    }

    /** Takes the lock, and removes the remains of a killed run. */
    static FileScoreTable open(
            SparkSession session,
            FileSystem files,
            Path folder,
            ScoreFormat format,
            ScoreTableDescription description,
            String run,
            Consumer<String> console)
            throws IOException {
        Configuration hadoop = session.sparkContext().hadoopConfiguration();
        WriterLock lock = WriterLock.take(files, folder, run, WriterLock.PATIENCE, console);
        TableFiles parts = new TableFiles(files, folder, format, hadoop, console);
        try {
            files.delete(new Path(folder, ATTEMPTS), true);
            // Checked again, because another run may have created the table in the meantime.
            if (!requireOurs(files, folder, description)) {
                parts.write(new Path(new Path(folder, ATTEMPTS), DESCRIPTION), description.toJson(), DESCRIPTION);
            }
            parts.quarantineDamaged(false);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
        return new FileScoreTable(session, parts, description.columns(format), lock);
    }

    @Override
    void commit(String name, String subfolder, List<Row> rows) throws IOException {
        Path attempt = new Path(new Path(folder(), ATTEMPTS), name);
        session()
                .createDataFrame(rows, columns().table())
                .coalesce(1)
                .write()
                .format(format.id())
                .options(format.options())
                .save(attempt.toString());
        List<Path> written = Arrays.stream(files().listStatus(attempt))
                .map(FileStatus::getPath)
                .filter(path -> path.getName().startsWith("part-"))
                .toList();
        if (written.size() != 1) {
            throw new IOException("output " + folder() + " is not the driver's on every executor: " + attempt + " has "
                    + written.size() + " files instead of 1. On a cluster it must be on a file system that all machines"
                    + " share");
        }
        lock.require();
        parts.add(written.get(0), name, subfolder);
        files().delete(attempt, true);
    }

    @Override
    boolean quarantineDamagedFiles() throws IOException {
        return parts.quarantineDamaged(true) > 0;
    }

    @Override
    public void close() throws IOException {
        files().delete(new Path(folder(), ATTEMPTS), true);
        lock.close();
    }
}
