package org.speechemotion.spark.scoring;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.audio.RejectionReason;
import org.speechemotion.common.Result;
import org.speechemotion.common.Sha256;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.scoring.ScoringInput;
import org.speechemotion.spark.TestModel;
import org.speechemotion.spark.io.FileListing;
import org.speechemotion.spark.io.ManyFiles;

/**
 * Time and memory of millions of inputs, whose files have names alone: the listing, a run of which one input in a hundred is
 * new, and a run without new inputs. Arguments: the number of inputs (1,000,000), rows of a file of the table (32,768),
 * milliseconds of a request to the store (0), and an empty folder for the table.
 */
public final class InputBenchmark {
    private static final String INPUT = "many://archive/recordings";
    private static final int ONE_IS_NEW_OF = 100;
    private static final OperatingSystemMXBean MACHINE =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final AtomicLong PEAK = new AtomicLong();

    private InputBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int rowsOfFile = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 32_768;
        int milliseconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
        Path folder = arguments.length > 3 ? Path.of(arguments[3]) : Files.createTempDirectory("inputs-");
        observeCollections();
        try (SparkSession session = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.local.dir", folder.resolve("spark").toString())
                .getOrCreate()) {
            session.sparkContext().setLogLevel("WARN");
            Configuration hadoop = session.sparkContext().hadoopConfiguration();
            ManyFiles.register(hadoop, count, milliseconds);
            ModelBundle bundle = TestModel.bundle();
            try (ScoringRun run = new ScoringRun(
                    session,
                    bundle,
                    TestModel.pipeline(hadoop),
                    ScoringOptions.defaults(),
                    line -> say("    " + line))) {
                String output = folder.resolve("scores.parquet").toUri().toString();
                measure("the table", count, () -> fill(session, run, bundle, output, count, rowsOfFile));
                measure("listing", count, () -> FileListing.entries(INPUT, hadoop)
                        .size());
                measure("a run with 1 % new", count, () -> run.score(INPUT, output));
                measure("a run with nothing new", count, () -> run.score(INPUT, output));
            }
        }
    }

    private static long fill(
            SparkSession session, ScoringRun run, ModelBundle bundle, String output, int count, int rowsOfFile)
            throws IOException {
        try (ScoreTable table = run.open(output)) {
            ScoreRows rows = new ScoreRows(table.columns(), bundle.manifest().modelId(), 0);
            List<Integer> files = IntStream.range(0, (count + rowsOfFile - 1) / rowsOfFile)
                    .boxed()
                    .toList();
            table.session()
                    .createDataFrame(
                            JavaSparkContext.fromSparkContext(session.sparkContext())
                                    .parallelize(files, files.size())
                                    .flatMap(file -> IntStream.range(
                                                    file * rowsOfFile, (int) Math.min(count, (file + 1L) * rowsOfFile))
                                            .filter(i -> i % ONE_IS_NEW_OF != 0)
                                            .mapToObj(i -> row(rows, i))
                                            .iterator()),
                            table.columns().table())
                    .write()
                    .mode("append")
                    .parquet(output);
        }
        return count;
    }

    /** A row of a rejected input, because the columns of a result are not read. */
    private static Row row(ScoreRows rows, int file) {
        ScoringInput.File input =
                new ScoringInput.File(ManyFiles.path(file), ManyFiles.bytes(file), ManyFiles.modified(file));
        return ScoreRows.written(
                rows.row(input.path(), Result.rejected(RejectionReason.TOO_SHORT.rejection("0.05 s of audio"))),
                input,
                Sha256.of(input.path()),
                new Timestamp(0),
                "2026-01-01T00:00:00Z");
    }

    private interface Work {
        Object run() throws IOException;
    }

    private static void measure(String name, int count, Work work) throws IOException {
        System.gc();
        long before = used();
        PEAK.set(0);
        long begin = System.nanoTime();
        long processor = MACHINE.getProcessCpuTime();
        Object result = work.run();
        double seconds = (System.nanoTime() - begin) / 1e9;
        double processorSeconds = (MACHINE.getProcessCpuTime() - processor) / 1e9;
        say(String.format(
                Locale.ROOT,
                "%s: %s%n    %.1f s, %.1f s a million, %.1f s of processor time; heap %,d MB before, %,d MB at most after a collection",
                name,
                result,
                seconds,
                seconds * 1e6 / count,
                processorSeconds,
                before >> 20,
                Math.max(before, PEAK.get()) >> 20));
    }

    private static long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void observeCollections() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notification, nothing) -> {
                                long used = GarbageCollectionNotificationInfo.from(
                                                (CompositeData) notification.getUserData())
                                        .getGcInfo()
                                        .getMemoryUsageAfterGc()
                                        .values()
                                        .stream()
                                        .mapToLong(MemoryUsage::getUsed)
                                        .sum();
                                PEAK.accumulateAndGet(used, Math::max);
                            },
                            null,
                            null);
        }
    }

    private static void say(String line) {
        System.err.println(line);
    }
}
