package org.speechemotion.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

/** The commands on a bucket, from a catalog to subtitles, with a scoring that is killed by SIGKILL in between. */
class S3IT extends SparkTest {
    private static final int SPEAKERS = 4;
    private static final int CLIPS = SPEAKERS * EmotionSet.EIGHT.size();

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
        try (CommandProcess killed = launch(
                "catalog corpora.ravdess.path=" + bucket + "/corpus output=" + bucket + "/catalog.parquet",
                "train catalog=" + bucket + "/catalog.parquet run.label=first run.directory=" + folder.resolve("runs")
                        + " training.epochs=1 network.context.width=8 network.hidden-width=8 split.test=[\"ravdess:01\"]"
                        + " split.validation=[\"ravdess:02\"]",
                score + " score.commit-files=2")) {
            killed.killWhen(() -> count("scores.parquet", "scores-.*") >= 2);
        }
        long before = rows("scores.parquet").size();
        assertThat(before).isBetween(4L, CLIPS - 1L);
        assertThat(names("scores.parquet")).as("the lock of the dead run").contains(WriterLock.FILE);

        String scoreDelta = score.replace("scores.parquet", "scores.delta");
        try (CommandProcess killed = launch(score, scoreDelta + " score.commit-files=2")) {
            killed.killWhen(() -> count("scores.delta/_delta_log", "0.*\\.json") >= 3);
            assertThat(killed.said())
                    .contains(CLIPS + " listed, " + before + " of them in the table already")
                    .contains(
                            CLIPS + " listed = " + (CLIPS - before) + " scored + 0 rejected + " + before + " skipped");
        }
        long beforeDelta = rows("scores.delta").size();
        assertThat(beforeDelta).isBetween(4L, CLIPS - 1L);
        assertThat(names("scores.delta")).as("the lock of the dead run").contains(WriterLock.FILE);

        try (CommandProcess resumed = launch(
                scoreDelta,
                "timelines table=" + bucket + "/scores.parquet format=webvtt output=" + bucket + "/subtitles",
                "stream " + model + " input=" + bucket + "/incoming output=" + bucket + "/streamed.parquet"
                        + " stream.every-seconds=1 stream.settle-seconds=0")) {
            put("incoming/a.wav", DemoClips.wav(1, Emotion.SAD));
            resumed.await(() -> resumed.said().contains("1 listed = 1 scored"));
            resumed.terminate();
            assertThat(resumed.said())
                    .contains(CLIPS + " listed, " + beforeDelta + " of them in the table already")
                    .contains(CLIPS + " timelines: " + bucket + "/subtitles/webvtt");
        }

        assertThat(rows("scores.parquet")).hasSize(CLIPS);
        TableRows.assertSame(rows("scores.parquet"), rows("scores.delta"));
        assertThat(rows("streamed.parquet")).containsOnlyKeys(bucket + "/incoming/a.wav");
        assertThat(names("scores.parquet")).allMatch(name -> name.matches("_scores\\.json|scores-.*\\.parquet"));
        assertThat(names("subtitles/webvtt")).hasSize(CLIPS);
        assertThat(names("scores.delta")).contains("_delta_log").doesNotContain(WriterLock.FILE);
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

    private Map<String, Row> rows(String table) {
        return TableRows.read(session, bucket + "/" + table);
    }

    private long count(String folder, String name) {
        return names(folder).stream().filter(found -> found.matches(name)).count();
    }

    private CommandProcess launch(String... commands) throws IOException {
        return CommandProcess.start(folder, server.hadoop(), commands);
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
}
