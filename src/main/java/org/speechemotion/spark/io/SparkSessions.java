package org.speechemotion.spark.io;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Opens sessions with what this project needs and spark-submit did not say. */
public final class SparkSessions {
    private SparkSessions() {}

    /**
     * Opens the session.
     *
     * @param job shown as the application's name
     */
    public static SparkSession open(String job) {
        SparkConf conf = new SparkConf().setAppName("speech-emotion " + job);
        conf.setIfMissing("spark.master", "local[*]");
        conf.setIfMissing("spark.ui.showConsoleProgress", "false");
        conf.setIfMissing("spark.ui.enabled", "false");
        // One task has one core's worth of native threads; more of them fight over the cores at half the speed.
        conf.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", conf.get("spark.task.cpus", "1"));
        // The number of workers and of partitions follows from the cores, so wait for all executors to be there.
        conf.setIfMissing("spark.scheduler.minRegisteredResourcesRatio", "1.0");
        SparkSession session = SparkSession.builder().config(conf).getOrCreate();
        session.sparkContext().setLogLevel("WARN");
        return session;
    }
}
