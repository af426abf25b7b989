package org.speechemotion.spark.scoring;

import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.Comparator;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.unsafe.types.UTF8String;
import org.speechemotion.common.ProcessIdentity;
import org.speechemotion.common.Sha256;
import org.speechemotion.spark.io.WriterLock;

/**
 * A Delta table. A batch is one transaction, a MERGE by input and model: an input that has a row keeps it, unless that row is a
 * rejection. A repeated batch therefore adds nothing, and any number of runs may write at the same time, by Delta's rules of
 * conflicts. A transaction that conflicts with another one is repeated. On S3, Delta cannot tell the transactions of several drivers
 * apart unless a log store of its own is set, so there a run takes the lock of the table.
 */
final class DeltaScoreTable extends ScoreTable {
    private static final String CLASS = "io.delta.tables.DeltaTable";
    private static final String LOG_STORE = "spark.delta.logStore.%s.impl";
    private static final int MAX_ATTEMPTS = 20;
    private static final String OLD = "old";
    private static final String NEW = "new";

    private final Optional<WriterLock> lock;

    private DeltaScoreTable(
            SparkSession session, FileSystem files, Path folder, ScoreColumns columns, Optional<WriterLock> lock) {
        super(session, files, folder, columns);
        this.lock = lock;
    }

    /** Returns whether Delta Lake is on the class path. */
    static boolean isSupported() {
        try {
            Class.forName(CLASS, false, Thread.currentThread().getContextClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Creates the table if it is not there. */
    static DeltaScoreTable open(
            SparkSession session,
            FileSystem files,
            Path folder,
            ScoreTableDescription description,
            String run,
            Consumer<String> console)
            throws IOException {
        Optional<WriterLock> lock = allowsSeveralDrivers(session, files)
                ? Optional.empty()
                : Optional.of(WriterLock.take(files, folder, run, WriterLock.PATIENCE, console));
        DeltaScoreTable table =
                new DeltaScoreTable(session, files, folder, description.columns(ScoreFormat.DELTA), lock);
        try {
            if (!requireOurs(files, folder, description)) {
                table.describe(description, run);
                requireOurs(files, folder, description);
            }
            table.create();
        } catch (IOException | RuntimeException e) {
            table.close();
            throw e;
        }
        return table;
    }

    private static boolean allowsSeveralDrivers(SparkSession session, FileSystem files) {
        return WriterLock.createsExclusively(files)
                || session.conf().contains(LOG_STORE.formatted(files.getUri().getScheme()));
    }

    /** Comes before the table, so that another run that begins at the same time sees whose folder it is. */
    private void describe(ScoreTableDescription description, String run) throws IOException {
        String writer = run + ProcessIdentity.current() + Thread.currentThread().getId();
        Path written = new Path(folder(), ".scores-" + Sha256.of(writer));
        try (OutputStream out = files().create(written, true)) {
            out.write(description.toJson());
        }
        Path file = new Path(folder(), DESCRIPTION);
        // If another run was faster, its settings are compared next.
        if (files().exists(file) || !files().rename(written, file)) {
            files().delete(written, false);
        }
    }

    private void create() throws IOException {
        retrying(() -> session()
                .createDataFrame(List.of(), columns().table())
                .write()
                .format(ScoreFormat.DELTA.id())
                .mode("ignore")
                .save(path()));
    }

    /** Commits one batch at a time: two batches of the same run would only conflict. */
    @Override
    synchronized void commit(String name, String subfolder, List<Row> rows) throws IOException {
        Dataset<Row> batch =
                session().createDataFrame(rows, columns().table()).coalesce(1).as(NEW);
        Column condition = sameInput().and(range(rows));
        if (lock.isPresent()) {
            lock.get().require();
        }
        retrying(() -> DeltaTable.forPath(session(), path())
                .as(OLD)
                .merge(batch, condition)
                .whenMatched(old(ScoreColumns.STATUS).equalTo(ScoreColumns.REJECTED))
                .updateAll()
                .whenNotMatched()
                .insertAll()
                .execute());
    }

    private static Column sameInput() {
        return Stream.concat(Stream.of(ScoreColumns.key()), Stream.of(ScoreColumns.MODEL))
                .map(column -> old(column).equalTo(functions.col(NEW + "." + column)))
                .reduce(Column::and)
                .orElseThrow();
    }

    /** The paths of a batch are neighbours, so most files of the table are ruled out by their statistics. */
    private static Column range(List<Row> rows) {
        List<String> paths = rows.stream().map(row -> row.getString(0)).toList();
        Comparator<String> order = Comparator.comparing(UTF8String::fromString); // that of Spark
        return old(ScoreColumns.PATH).between(Collections.min(paths, order), Collections.max(paths, order));
    }

    private static Column old(String column) {
        return functions.col(OLD + "." + column);
    }

    /** Repeats a transaction that conflicts with that of another writer. */
    private void retrying(Runnable transaction) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                transaction.run();
                return;
            } catch (ConcurrentModificationException conflict) {
                if (attempt == MAX_ATTEMPTS) {
                    throw new IOException(
                            "output " + path() + " is written to by too many others: " + conflict.getMessage(),
                            conflict);
                }
            }
        }
    }

    /** Delta's own log tells which files belong to the table. */
    @Override
    boolean quarantineDamagedFiles() {
        return false;
    }

    @Override
    public void close() throws IOException {
        if (lock.isPresent()) {
            lock.get().close();
        }
    }
}
