package org.speechemotion.spark.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.report.Provenance;
import org.speechemotion.report.TrainedEmotions;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.catalog.CatalogClips;
import org.speechemotion.split.Side;
import org.speechemotion.split.SpeakerSplit;
import org.speechemotion.train.KeptEpochs;

/** Collects the provenance of a run from Spark and from the libraries. */
final class RunProvenance {
    private RunProvenance() {}

    static Provenance of(
            JavaSparkContext context,
            RunSettings settings,
            CatalogClips clips,
            SpeakerSplit split,
            Encoder encoder,
            KeptEpochs kept,
            double seconds) {
        return new Provenance(
                Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                seconds,
                settings.source().gitCommit(),
                settings.training().seed(),
                encoder.name(),
                encoder.fingerprint(),
                clips.sha256(),
                clips.counts(split),
                TrainedEmotions.of(clips.emotions(), clips.on(Side.TRAIN, split))
                        .count(),
                List.of(kept.first(), kept.last()),
                new Provenance.Versions(
                        context.version(),
                        version("org.deeplearning4j", "deeplearning4j-nn"),
                        version("org.nd4j", "nd4j-api"),
                        System.getProperty("java.runtime.version")),
                topology(context, settings),
                Settings.ofData(settings.source().resolved(), "the settings")
                        .config()
                        .root()
                        .unwrapped());
    }

    private static Provenance.Topology topology(JavaSparkContext context, RunSettings settings) {
        return new Provenance.Topology(
                context.master(),
                context.defaultParallelism(),
                settings.training().workers(),
                executors(context),
                context.getConf().get("spark.executor.memory", "1g"),
                Runtime.getRuntime().maxMemory() >> 20,
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch") + ", "
                        + Runtime.getRuntime().availableProcessors() + " processors, ND4J on "
                        + Nd4j.getExecutioner().getEnvironmentInformation().getProperty("backend"));
    }

    /** Returns the hosts of the executors. Spark lists the driver among them, which is an executor in local mode only. */
    private static List<String> executors(JavaSparkContext context) {
        String driver = context.getConf().get("spark.driver.port", "");
        return Arrays.stream(context.sc().statusTracker().getExecutorInfos())
                .filter(executor -> context.isLocal() || !driver.equals(Integer.toString(executor.port())))
                .map(SparkExecutorInfo::host)
                .sorted()
                .toList();
    }

    /** Returns the version that Maven wrote into the jar of a library. */
    private static String version(String group, String artifact) {
        String resource = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
        Properties properties = new Properties();
        try (InputStream in = ComputationGraph.class.getResourceAsStream(resource)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "unknown");
    }
}
