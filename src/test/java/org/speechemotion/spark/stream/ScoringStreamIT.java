package org.speechemotion.spark.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.common.Sha256;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.scoring.TableSettings;
import org.speechemotion.spark.DemoClips;
import org.speechemotion.spark.SparkTest;
import org.speechemotion.spark.TestModel;
import org.speechemotion.spark.scoring.BatchScoring;
import org.speechemotion.spark.scoring.ScoringOptions;
import org.speechemotion.spark.scoring.ScoringRun;
import org.speechemotion.spark.scoring.ScoringSettings;

/** A folder that files arrive in, watched by a real query. */
@Timeout(180)
class ScoringStreamIT extends SparkTest {
    private static final StreamSettings AT_ONCE = new StreamSettings(1, 0);

    private final List<String> console = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void aFirstClip() throws IOException {
        arrive("calm.wav", 2, Emotion.CALM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"scores.parquet", "scores.csv", "scores.jsonl"})
    void arrivingFilesAreScoredOnceAcrossRestarts(String output) throws IOException {
        try (ScoringStream stream = start(output, AT_ONCE)) {
            stream.processAllAvailable();
            assertThat(names(output)).containsExactly("calm.wav");
            arrive("deeper/sad.wav", 4, Emotion.SAD);
            arrive("notes.txt", "not audio".getBytes(StandardCharsets.UTF_8));
            stream.processAllAvailable();
            assertThat(names(output)).containsExactly("calm.wav", "notes.txt", "sad.wav");
        }
        arrive("happy.wav", 3, Emotion.HAPPY);
        try (ScoringStream stream = start(output, AT_ONCE)) {
            stream.processAllAvailable();
        }

        assertThat(console)
                .contains(
                        "1 listed = 1 scored + 0 rejected + 0 skipped", "4 listed = 1 scored + 0 rejected + 3 skipped");
        assertThat(scoring().score(in(), output(output)).toString())
                .as("score goes on where the stream was")
                .isEqualTo("4 listed = 0 scored + 0 rejected + 4 skipped");
        // The result is the same.
        scoring().score(in(), output("other-" + output));
        assertThat(results(output)).isEqualTo(results("other-" + output));
    }

    @Test
    void incompleteFilesWait() throws Exception {
        byte[] wav = DemoClips.wav(5, Emotion.ANGRY);
        Path file = write("in/angry.wav", new byte[0]);
        try (ScoringStream stream = start("scores", new StreamSettings(1, 5));
                OutputStream out = Files.newOutputStream(file)) {
            int pieces = 16;
            for (int i = 0; i < pieces; i++) { // for 8 s, longer than the delay for a stable file
                out.write(wav, i * wav.length / pieces, (i + 1) * wav.length / pieces - i * wav.length / pieces);
                out.flush();
                Thread.sleep(500);
            }
            assertThat(names("scores")).doesNotContain("angry.wav");
            while (names("scores").size() < 2) {
                stream.processAllAvailable();
            }
        }
        assertThat(BatchScoring.read(session, output("scores"))
                        .filter("path like '%angry.wav'")
                        .selectExpr("status", "content", "bytes")
                        .collectAsList())
                .singleElement()
                .asString()
                .isEqualTo("[ok," + Sha256.of(wav) + "," + wav.length + "]");
    }

    @Test
    void theTableMayBeInsideTheFolder() throws IOException {
        try (ScoringStream stream = start("in/scores", AT_ONCE)) {
            stream.processAllAvailable();
            arrive("sad.wav", 4, Emotion.SAD);
            stream.processAllAvailable();
            assertThat(console).filteredOn(line -> line.contains(" = ")).hasSize(2);
        }
        assertThat(names("in/scores")).containsExactly("calm.wav", "sad.wav");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no checkpoint"})
    void damagedCheckpointsDoNotMatter(String damage) throws IOException {
        try (ScoringStream stream = start("scores", AT_ONCE)) {
            stream.processAllAvailable();
        }
        try (Stream<Path> files = Files.walk(folder.resolve("scores/_checkpoint"))) {
            List<Path> notes = files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".crc"))
                    .toList();
            assertThat(notes).hasSizeGreaterThan(2);
            for (Path note : notes) {
                Files.deleteIfExists(note.resolveSibling("." + note.getFileName() + ".crc"));
                Files.writeString(note, damage);
            }
        }
        arrive("sad.wav", 4, Emotion.SAD);
        try (ScoringStream stream = start("scores", AT_ONCE)) {
            stream.processAllAvailable();
        }
        assertThat(names("scores")).containsExactly("calm.wav", "sad.wav");
    }

    @Test
    void streamsLockTheirTable() throws IOException {
        try (ScoringStream stream = start("scores", AT_ONCE)) {
            stream.processAllAvailable();
            assertThatThrownBy(() -> scoring().score(in(), output("scores")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is being written to");
        }
        scoring().score(in(), output("scores"));
    }

    @Test
    void tooManyRejectionsStopAStream() throws IOException {
        ScoringRun strict = scoring(0.5);
        try (ScoringStream stream =
                ScoringStream.start(session, strict, AT_ONCE, in(), output("scores"), console::add)) {
            for (int i = 0; i < 98; i++) {
                arrive(i + ".wav", new byte[i]);
            }
            stream.processAllAvailable();
            assertThat(names("scores")).hasSize(99);
            arrive("last.wav", new byte[99]);
            assertThatThrownBy(stream::await)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("99 of the first 100 files");
        }
    }

    @Test
    void missingFoldersAreReported() {
        assertThatThrownBy(() -> ScoringStream.start(
                        session, scoring(), AT_ONCE, in() + "/none", output("scores"), console::add))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("in/none does not exist");
        assertThat(folder.resolve("scores")).doesNotExist();
    }

    private ScoringStream start(String output, StreamSettings settings) throws IOException {
        return ScoringStream.start(session, scoring(), settings, in(), output(output), console::add);
    }

    private ScoringRun scoring() {
        return scoring(1);
    }

    private ScoringRun scoring(double maxRejectedShare) {
        return new ScoringRun(
                session,
                TestModel.bundle(),
                TestModel.pipeline(hadoop()),
                ScoringOptions.defaults()
                        .with(ScoringSettings.defaults().withBatchSize(4))
                        .with(TableSettings.defaults().withMaxRejectedShare(maxRejectedShare)),
                line -> {});
    }

    private void arrive(String name, int speaker, Emotion emotion) throws IOException {
        arrive(name, DemoClips.wav(speaker, emotion));
    }

    /** Whole at once, by a renaming: a look that saw it half written would make it two inputs where nothing has to settle. */
    private void arrive(String name, byte[] content) throws IOException {
        Path hidden = write("in/.arriving", content);
        Path file = folder.resolve("in").resolve(name);
        Files.createDirectories(file.getParent());
        Files.move(hidden, file);
    }

    private String in() {
        return folder.resolve("in").toString();
    }

    private String output(String name) {
        return folder.resolve(name).toString();
    }

    private List<String> names(String output) {
        return BatchScoring.read(session, output(output)).select("path").collectAsList().stream()
                .map(row -> row.getString(0).replaceFirst(".*/", ""))
                .sorted()
                .toList();
    }

    private List<Row> results(String output) {
        return BatchScoring.read(session, output(output))
                .select("path", "status", "reason", "emotion", "duration_s", "content", "bytes", "modified")
                .sort("path")
                .collectAsList();
    }
}
