package org.speechemotion.spark.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.TableSettings;
import org.speechemotion.spark.DemoClips;
import org.speechemotion.spark.SparkTest;
import org.speechemotion.spark.TestModel;
import org.speechemotion.spark.stream.ScoringStream;
import org.speechemotion.spark.stream.StreamSettings;

/** Scores from HDFS to HDFS with a real name node and data node. */
class HdfsScoringIT extends SparkTest {
    @Test
    void scoresFromHdfsToHdfsOnce() throws Exception {
        try (MiniDFSCluster cluster = start()) {
            FileSystem hdfs = cluster.getFileSystem();
            String root = hdfs.getUri().toString();
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(packed)) {
                for (Emotion emotion : EmotionSet.EIGHT) {
                    byte[] clip = DemoClips.wav(1 + emotion.label(), emotion);
                    put(hdfs, "/in/" + emotion.id() + ".wav", clip);
                    zip.putNextEntry(new ZipEntry(emotion.id() + ".wav"));
                    zip.write(clip);
                }
            }
            put(hdfs, "/in/all.zip", packed.toByteArray());
            put(hdfs, "/in/none.wav", new byte[0]);
            Path table = new Path(root + "/scores.parquet");
            put(hdfs, "/scores.parquet/.attempts/left/part-0.parquet", new byte[] {1});

            assertThat(run(root).toString()).isEqualTo("17 listed = 16 scored + 1 rejected {empty=1} + 0 skipped");
            assertThat(run(root).toString()).isEqualTo("17 listed = 0 scored + 0 rejected + 17 skipped");

            List<Row> rows = BatchScoring.read(session, table.toString()).collectAsList();
            assertThat(rows).hasSize(17);
            assertThat(rows.stream().map(row -> row.<Object>getAs("content")).distinct())
                    .as("the same clips, in files and in the archive")
                    .hasSize(9);
            assertThat(Arrays.stream(hdfs.listStatus(table))
                            .map(FileStatus::getPath)
                            .map(Path::getName))
                    .allMatch(name -> name.matches("_scores\\.json|scores-[0-9a-f]{24}\\.parquet"))
                    .hasSizeGreaterThan(2);
            FileStatus any = Arrays.stream(hdfs.listStatus(table))
                    .filter(file -> file.getPath().getName().startsWith("scores-"))
                    .findFirst()
                    .orElseThrow();
            try (ScoreTable open = ScoreTable.open(
                    session,
                    table.toString(),
                    ScoreTableDescription.of(TestModel.AUDIO, RecordingSettings.defaults(), scoring(), settings()),
                    "other",
                    line -> {})) {
                String name = any.getPath().getName().replaceAll("scores-|\\.parquet", "");
                open.commit(name, "", rows);
            }
            Path aside = new Path(table, ".damaged-" + any.getPath().getName());
            assertThat(hdfs.getFileStatus(aside).getModificationTime())
                    .as("a committed file is set aside, and never overwritten")
                    .isEqualTo(any.getModificationTime());
        }
    }

    @Test
    void streamsWaitForOpenFiles() throws Exception {
        try (MiniDFSCluster cluster = start()) {
            FileSystem hdfs = cluster.getFileSystem();
            String root = hdfs.getUri().toString();
            byte[] clip = DemoClips.wav(3, Emotion.HAPPY);
            put(hdfs, "/in/whole.wav", clip);
            try (ScoringStream stream = ScoringStream.start(
                    session, run(), new StreamSettings(1, 0), root + "/in", root + "/scores.parquet", line -> {})) {
                try (FSDataOutputStream out = hdfs.create(new Path("/in/open.wav"))) {
                    out.write(clip, 0, clip.length / 2);
                    out.hsync(); // from now on its size and time stand still
                    stream.processAllAvailable();
                    assertThat(scored(root)).containsExactly("whole.wav ok");
                    out.write(clip, clip.length / 2, clip.length - clip.length / 2);
                }
                stream.processAllAvailable();
            }
            assertThat(scored(root)).containsExactly("open.wav ok", "whole.wav ok");
        }
    }

    private MiniDFSCluster start() throws IOException {
        Configuration conf = new Configuration();
        conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
        return new MiniDFSCluster.Builder(conf).build();
    }

    private List<String> scored(String root) {
        return BatchScoring.read(session, root + "/scores.parquet").collectAsList().stream()
                .map(row -> row.getString(0).replaceFirst(".*/", "") + " " + row.getString(1))
                .sorted()
                .toList();
    }

    private ScoringSummary run(String root) throws IOException {
        return run().score(root + "/in", root + "/scores.parquet");
    }

    private ScoringRun run() {
        return new ScoringRun(
                session,
                TestModel.bundle(),
                TestModel.pipeline(hadoop()),
                ScoringOptions.defaults().with(scoring()).with(settings()),
                line -> {});
    }

    private static ScoringSettings scoring() {
        return ScoringSettings.defaults().withBatchSize(4);
    }

    private static TableSettings settings() {
        return TableSettings.defaults().withCommitFiles(2);
    }

    private static void put(FileSystem files, String path, byte[] content) throws IOException {
        try (OutputStream out = files.create(new Path(path))) {
            out.write(content);
        }
    }
}
