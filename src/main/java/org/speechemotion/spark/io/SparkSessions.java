package org.speechemotion.spark.io;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.common.FailureMessage;

/** Opens Spark sessions with the settings that this project needs, unless spark-submit has set them. */
public final class SparkSessions {
    private static final String STANDALONE = "spark://";
    private static final String ONE_PROCESS = "local(\\[.*])?";
    private static final String HEARTBEAT_TIMEOUT = "spark.storage.blockManagerHeartbeatTimeoutMs";
    /** The variable by which scripts/environment.sh sets the allocation of native memory. */
    private static final String ALLOCATION = "GLIBC_TUNABLES";

    private static final int PATIENCE_MILLIS = 10_000;

    /** The system property that scripts/emotion sets for --verbose. */
    private static final String LOG_LEVEL = "emotion.log-level";

    /** The setting by which Delta Lake insists that its extensions of SQL are installed. */
    public static final String DELTA_CHECK = "spark.databricks.delta.requiredSparkConfsCheck.enabled";

    private SparkSessions() {}

    /**
     * Opens the session.
     *
     * @param job the command, which becomes part of the application's name
     * @throws IllegalArgumentException if the master is of a standalone cluster and does not answer, or Java keeps from Spark what
     *     it needs
     */
    public static SparkSession open(String job) {
        requireOpenModules();
        SparkConf conf = configuration(job, System.getenv());
        requireAnswer(conf.get("spark.master"));
        SparkSession session = SparkSession.builder().config(conf).getOrCreate();
        session.sparkContext().setLogLevel(System.getProperty(LOG_LEVEL, "warn"));
        return session;
    }

    /**
     * Returns the settings of a session: those of the system properties, where spark-submit writes its own, and the missing ones.
     *
     * @param environment the environment of the driver
     */
    static SparkConf configuration(String job, Map<String, String> environment) {
        SparkConf conf = new SparkConf().setAppName("speech-emotion " + job);
        conf.setIfMissing("spark.master", "local[*]");
        if (conf.get("spark.master").matches(ONE_PROCESS)) {
            // The only executor is in this process. After two minutes of sleep of a laptop, Spark would take it for
            // dead and exit.
            conf.setIfMissing(HEARTBEAT_TIMEOUT, "3650d");
        }
        conf.setIfMissing("spark.ui.showConsoleProgress", "false");
        conf.setIfMissing("spark.ui.enabled", "false");
        // A task uses as many native threads as it has cores; with more, they would compete for cores at half the
        // speed.
        conf.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", conf.get("spark.task.cpus", "1"));
        // An executor allocates native memory as the driver does.
        if (environment.containsKey(ALLOCATION)) {
            conf.setIfMissing("spark.executorEnv." + ALLOCATION, environment.get(ALLOCATION));
        }
        // Delta's extensions are for SQL; tables are read and merged without them.
        conf.setIfMissing(DELTA_CHECK, "false");
        // The numbers of workers and partitions depend on the cores, so Spark waits for all executors.
        conf.setIfMissing("spark.scheduler.minRegisteredResourcesRatio", "1.0");
        return conf;
    }

    /** Drivers that Spark starts on a standalone cluster do not get the options that it gives to all others. */
    private static void requireOpenModules() {
        if (!Object.class.getModule().isOpen("sun.nio.ch", SparkSessions.class.getModule())) {
            throw new IllegalArgumentException("Java does not open its package sun.nio.ch, which Spark needs; add"
                    + " --driver-java-options \"" + JavaModuleOptions.defaultModuleOptions() + "\"");
        }
    }

    /** Asks the masters first, since Spark would try for a minute and log a stack trace for each attempt. */
    private static void requireAnswer(String master) {
        if (!master.startsWith(STANDALONE)) {
            return;
        }
        String reason = "";
        for (String address : master.substring(STANDALONE.length()).split(",", -1)) {
            int colon = address.lastIndexOf(':');
            try (Socket socket = new Socket()) {
                int port = Integer.parseInt(address.substring(colon + 1));
                socket.connect(new InetSocketAddress(address.substring(0, Math.max(0, colon)), port), PATIENCE_MILLIS);
                return;
            } catch (IOException | IllegalArgumentException e) {
                reason = FailureMessage.of(e);
            }
        }
        throw new IllegalArgumentException(
                "the master is " + master + ", where no Spark answers (" + reason + "); allowed: spark://HOST:PORT");
    }
}
