package org.speechemotion.spark.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.spark.DemoClips;
import org.speechemotion.spark.SparkTest;
import org.speechemotion.spark.TestModel;
import org.speechemotion.spark.TestTones;
import org.speechemotion.spark.io.RemoteFiles;

/** Audio inside archives, on the local and on another file system. */
class ArchiveScoringIT extends SparkTest {
    private final Map<String, byte[]> clips = new LinkedHashMap<>();

    @Test
    void archiveEntriesAreInputs() throws IOException {
        clips.put("a/sad.wav", DemoClips.wav(1, Emotion.SAD));
        clips.put("happy.wav", DemoClips.wav(2, Emotion.HAPPY));
        clips.put("../up.wav", DemoClips.wav(3, Emotion.CALM));
        clips.put("notes.txt", "no audio".getBytes(StandardCharsets.UTF_8));
        clips.put("silence.wav", TestTones.wav(0, 30));
        clips.put("inner.zip", zip());
        try (InputStream telephone = getClass().getResourceAsStream("/audio/voice.gsm")) {
            clips.put("telephone.gsm", telephone.readAllBytes());
        }
        write("in/z.zip", zip());
        write("in/t.tar", tar());
        write("in/cut.zip", Arrays.copyOf(zip(), 500));
        write("in/no.tar", new byte[100]);
        write("in/none.tar", new byte[10_240]);
        write("in/fewer.zip", countingOne(zip()));
        write("in/plain.wav", clips.get("happy.wav"));

        for (String scheme : new String[] {"", "remote:"}) {
            Configuration hadoop = hadoop();
            hadoop.set("fs.remote.impl", RemoteFiles.class.getName());
            ScoringRun run = new ScoringRun(
                    session,
                    TestModel.bundle(),
                    TestModel.pipeline(hadoop),
                    ScoringOptions.defaults().with(ScoringSettings.defaults().withBatchSize(4)),
                    line -> {});
            String output = folder.resolve(scheme.isEmpty() ? "local" : "other").toString();

            ScoringSummary summary = run.score(scheme + folder.resolve("in"), output);

            assertThat(summary.reconciles()).isTrue();
            Map<String, String> outcomes = new TreeMap<>();
            Map<String, Row> rows = new TreeMap<>();
            for (Row row : BatchScoring.read(session, output).collectAsList()) {
                String name = row.<String>getAs("path").replaceFirst("^.*?/in/", "");
                outcomes.put(name, row.getAs("reason") == null ? "ok" : row.getAs("reason"));
                rows.put(name, row);
            }
            assertThat(outcomes)
                    .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                            Map.entry("cut.zip", "unreadable"),
                            Map.entry("fewer.zip", "unreadable"),
                            Map.entry("no.tar", "unreadable"),
                            Map.entry("none.tar", "empty"),
                            Map.entry("plain.wav", "ok"),
                            Map.entry("t.tar!/../up.wav", "ok"),
                            Map.entry("t.tar!/a/sad.wav", "ok"),
                            Map.entry("t.tar!/happy.wav", "ok"),
                            Map.entry("t.tar!/inner.zip", "unsupported"),
                            Map.entry("t.tar!/notes.txt", "unsupported"),
                            Map.entry("t.tar!/telephone.gsm", "ok"),
                            Map.entry("t.tar!/silence.wav", "ok"),
                            Map.entry("z.zip!/../up.wav", "ok"),
                            Map.entry("z.zip!/a/sad.wav", "ok"),
                            Map.entry("z.zip!/happy.wav", "ok"),
                            Map.entry("z.zip!/inner.zip", "unsupported"),
                            Map.entry("z.zip!/notes.txt", "unsupported"),
                            Map.entry("z.zip!/telephone.gsm", "ok"),
                            Map.entry("z.zip!/silence.wav", "too-long")));
            assertThat(rows.get("z.zip!/happy.wav").<String>getAs("content"))
                    .isEqualTo(rows.get("plain.wav").<String>getAs("content"));
            assertThat(rows.get("z.zip!/happy.wav").<Long>getAs("bytes"))
                    .isEqualTo((long) clips.get("happy.wav").length);
            assertThat(rows.get("fewer.zip").<String>getAs("message"))
                    .contains("the zip file's end counts 1 entries, but its directory has");
            assertThat(rows.get("z.zip!/silence.wav").<String>getAs("message")).contains("score.archive.ratio");
            assertThat(run.score(scheme + folder.resolve("in"), output).skipped())
                    .isEqualTo(19);
        }
        assertThat(folder.resolve("up.wav")).doesNotExist();
    }

    private byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> clip : clips.entrySet()) {
                zip.putNextEntry(new ZipEntry(clip.getKey()));
                zip.write(clip.getValue());
            }
        }
        return bytes.toByteArray();
    }

    /** The same archive, whose end record counts one entry. */
    private static byte[] countingOne(byte[] zip) {
        byte[] lying = zip.clone();
        int end = lying.length - 22;
        lying[end + 8] = 1;
        lying[end + 10] = 1;
        return lying;
    }

    private byte[] tar() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            for (Map.Entry<String, byte[]> clip : clips.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(clip.getKey(), true);
                entry.setSize(clip.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(clip.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }
}
