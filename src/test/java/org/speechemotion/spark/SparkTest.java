package org.speechemotion.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.spark.io.SparkSessions;

/** A test on Spark itself: one session of two cores for all tests of a JVM, in which a task may die once. */
public abstract class SparkTest {
    private static final SparkSession SHARED = open();

    protected final SparkSession session = SHARED;

    @TempDir
    protected Path folder;

    /** Returns the session for static code. It stays open, because later tests share it. */
    public static SparkSession shared() {
        return SHARED;
    }

    private static SparkSession open() {
        SparkSession session = SparkSession.builder()
                .master("local[2, 2]")
                .appName("speech-emotion test")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.sql.warehouse.dir", "target/spark-warehouse")
                .config(SparkSessions.DELTA_CHECK, "false")
                .config("spark.databricks.delta.snapshotPartitions", "1")
                .getOrCreate();
        session.sparkContext().setLogLevel("WARN");
        return session;
    }

    protected Configuration hadoop() {
        return session.sparkContext().hadoopConfiguration();
    }

    /** Writes a file and the folders it is in. */
    protected Path write(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }
}
