package org.speechemotion.spark.io;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Opens Spark sessions with the settings that this project needs, unless spark-submit has set them. */
public final class SparkSessions {
    /** The system property that scripts/emotion sets for --verbose. */
    private static final String LOG_LEVEL = "emotion.log-level";

    private SparkSessions() {}

    /**
     * Opens the session.
     *
     * @param job the command, which becomes part of the application's name
     */
    public static SparkSession open(String job) {
        SparkConf conf = new SparkConf().setAppName("speech-emotion " + job);
        conf.setIfMissing("spark.master", "local[*]");
        conf.setIfMissing("spark.ui.showConsoleProgress", "false");
        conf.setIfMissing("spark.ui.enabled", "false");
        // A task uses as many native threads as it has cores; with more, they would compete for cores at half the
        // speed.
        conf.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", conf.get("spark.task.cpus", "1"));
        // The numbers of workers and partitions depend on the cores, so Spark waits for all executors.
        conf.setIfMissing("spark.scheduler.minRegisteredResourcesRatio", "1.0");
        SparkSession session = SparkSession.builder().config(conf).getOrCreate();
        session.sparkContext().setLogLevel(System.getProperty(LOG_LEVEL, "warn"));
        return session;
    }
}
