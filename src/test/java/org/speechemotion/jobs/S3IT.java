package org.speechemotion.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.spark.DemoClips;
import org.speechemotion.spark.SparkTest;
import org.speechemotion.spark.io.S3Server;
import org.speechemotion.spark.io.WriterLock;
import org.speechemotion.spark.scoring.BatchScoring;

/** The commands on a bucket, from a catalog to subtitles, with a scoring that is killed by SIGKILL in between. */
class S3IT extends SparkTest {
    private static final int SPEAKERS = 4;
    private static final int CLIPS = SPEAKERS * EmotionSet.EIGHT.size();

    private final List<Process> processes = new ArrayList<>();
    private S3Server server;
    private String bucket;
    private FileSystem files;

    @BeforeEach
    void start() throws Exception {
        server = S3Server.start(folder);
        bucket = server.makeBucket("archive");
        server.hadoop().forEach(hadoop()::set);
        files = FileSystem.get(URI.create(bucket), hadoop());
    }

    @AfterEach
    void stop() throws IOException {
        processes.forEach(Process::destroyForcibly);
        files.close();
        server.hadoop().keySet().forEach(hadoop()::unset);
        server.close();
    }

    @Test
    void everyCommandWorksOnS3AndResumesAfterAKill() throws Exception {
        for (int speaker = 1; speaker <= SPEAKERS; speaker++) {
            for (Emotion emotion : EmotionSet.EIGHT) {
                put("corpus/" + DemoClips.name(speaker, emotion), DemoClips.wav(speaker, emotion));
            }
        }
        String model = "model=" + folder.resolve("runs/emotion/first");
        String score = "score " + model + " input=" + bucket + "/corpus output=" + bucket + "/scores.parquet";
        Process killed = launch(
                "catalog corpora.ravdess.path=" + bucket + "/corpus output=" + bucket + "/catalog.parquet",
                "train catalog=" + bucket + "/catalog.parquet run.label=first run.directory=" + folder.resolve("runs")
                        + " training.epochs=1 network.context.width=8 network.hidden-width=8 split.test=[\"ravdess:01\"]"
                        + " split.validation=[\"ravdess:02\"]",
                score + " score.commit-files=2");
        await(killed, () -> committed() >= 2);
        killed.destroyForcibly().waitFor();
        long before = rows("scores.parquet").size();
        assertThat(before).isBetween(4L, CLIPS - 1L);
        assertThat(names("scores.parquet")).as("the lock of the dead run").contains(WriterLock.FILE);

        Process resumed = launch(
                score,
                score.replace("scores.parquet", "peace.delta"),
                "timelines table=" + bucket + "/scores.parquet format=webvtt output=" + bucket + "/subtitles",
                "stream " + model + " input=" + bucket + "/incoming output=" + bucket + "/streamed.parquet"
                        + " stream.every-seconds=1 stream.settle-seconds=0");
        put("incoming/a.wav", DemoClips.wav(1, Emotion.SAD));
        await(resumed, () -> said().contains("1 listed = 1 scored"));
        resumed.destroy();
        assertThat(resumed.waitFor(1, TimeUnit.MINUTES)).isTrue();

        assertThat(said())
                .contains(CLIPS + " listed, " + before + " of them in the table already")
                .contains(CLIPS + " listed = " + (CLIPS - before) + " scored + 0 rejected + " + before + " skipped")
                .contains(CLIPS + " timelines: " + bucket + "/subtitles/webvtt");
        assertSame(rows("peace.delta"), rows("scores.parquet"));
        assertThat(rows("streamed.parquet")).containsOnlyKeys(bucket + "/incoming/a.wav");
        assertThat(names("scores.parquet")).allMatch(name -> name.matches("_scores\\.json|scores-.*\\.parquet"));
        assertThat(names("subtitles/webvtt")).hasSize(CLIPS);
        assertThat(names("peace.delta")).contains("_delta_log").doesNotContain(WriterLock.FILE);
    }

    /** The connector looks whether the file is there, and then writes it. */
    @Test
    void oneOfTwoConcurrentRunsIsRejected() throws Exception {
        org.apache.hadoop.fs.Path table = new org.apache.hadoop.fs.Path(bucket + "/contended");
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<WriterLock>> attempts = new ArrayList<>();
            for (String run : List.of("first", "second")) {
                attempts.add(threads.submit(() -> {
                    start.await();
                    return WriterLock.take(files, table, run, WriterLock.PATIENCE, line -> {});
                }));
            }
            List<WriterLock> holders = new ArrayList<>();
            for (Future<WriterLock> attempt : attempts) {
                try {
                    holders.add(attempt.get());
                } catch (ExecutionException refused) {
                    assertThat(refused).rootCause().hasMessageContaining("is being written to by the run ");
                }
            }
            assertThat(holders).hasSize(1);
            holders.get(0).require();
            assertThatThrownBy(() -> WriterLock.take(files, table, "third", WriterLock.PATIENCE, line -> {}))
                    .isInstanceOf(IllegalArgumentException.class);
            holders.get(0).close();
        } finally {
            threads.shutdownNow();
        }
    }

    private void put(String name, byte[] content) throws IOException {
        try (FSDataOutputStream out = files.create(new org.apache.hadoop.fs.Path("/" + name))) {
            out.write(content);
        }
    }

    private static void assertSame(Map<String, Row> expected, Map<String, Row> found) {
        assertThat(found.keySet()).isEqualTo(expected.keySet()).hasSize(CLIPS);
        expected.forEach((path, row) -> {
            for (String column : List.of("status", "emotion", "content", "bytes", "modified", "duration_s")) {
                assertThat(found.get(path).<Object>getAs(column)).as(path).isEqualTo(row.getAs(column));
            }
            assertThat(found.get(path).<Float>getAs("confidence")) // to rounding, which the batch decides
                    .isCloseTo(row.<Float>getAs("confidence"), within(3e-5f));
        });
    }

    /** The rows of a table in the bucket by their paths, each of which it has once. */
    private Map<String, Row> rows(String table) {
        Map<String, Row> rows = new TreeMap<>();
        for (Row row : BatchScoring.read(session, bucket + "/" + table).collectAsList()) {
            assertThat(rows.put(row.getAs("path"), row)).isNull();
        }
        return rows;
    }

    private long committed() {
        return names("scores.parquet").stream()
                .filter(name -> name.startsWith("scores-"))
                .count();
    }

    private List<String> names(String folder) {
        try {
            return Stream.of(files.listStatus(new org.apache.hadoop.fs.Path("/" + folder)))
                    .map(file -> file.getPath().getName())
                    .toList();
        } catch (IOException notYet) {
            return List.of();
        }
    }

    /** Starts a process that executes commands, one after the other. */
    private Process launch(String... commands) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        words.addAll(List.of("-XX:TieredStopAtLevel=1", "-Dspark.master=local[2]", "-Demotion.log-level=warn"));
        server.hadoop().forEach((key, value) -> words.add("-Dspark.hadoop." + key + "=" + value));
        words.addAll(List.of("-cp", DeclaredKeysIT.classPath(), Commands.class.getName()));
        words.addAll(List.of(commands));
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.txt").toFile());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private String said() {
        try {
            return Files.readString(folder.resolve("out.txt"));
        } catch (IOException notYet) {
            return "";
        }
    }

    private void await(Process process, BooleanSupplier moment) throws InterruptedException {
        while (process.isAlive() && !moment.getAsBoolean()) {
            Thread.sleep(5);
        }
        assertThat(process.isAlive()).as(said()).isTrue();
    }

    /** Executes commands until one of them fails. */
    static final class Commands {
        private Commands() {}

        public static void main(String[] commands) {
            for (String command : commands) {
                int exit = Main.execute(command.split(" ", -1), System.out, System.err);
                if (exit != Job.DONE) {
                    System.exit(exit);
                }
            }
            System.exit(Job.DONE);
        }
    }
}
