package org.speechemotion.spark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.speechemotion.audio.AudioMutations;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.spark.DemoClips;
import org.speechemotion.spark.SparkTest;
import org.speechemotion.spark.TestModel;
import org.speechemotion.spark.io.ListedPaths;

/** Tests that each file, valid or not, has one row. */
class HostileScoringIT extends SparkTest {
    private static final int MUTANTS = 2_000;
    private static final List<String> ORIGINALS = List.of(
            "flac-8.wav",
            "sweep-44100.wav",
            "flac-16.flac",
            "flac-24.flac",
            "mp3-16000.mp3",
            "mp3-44100.mp3",
            "mp3-id3.mp3");

    /** A guard against hanging, far above the seconds it takes. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Test
    void everyMutantHasOneRow() throws IOException {
        for (int seed = 0; seed < MUTANTS; seed++) {
            String original = ORIGINALS.get(seed % ORIGINALS.size());
            write("mutants/%d/%s".formatted(seed, original), AudioMutations.mutate(fixture(original), seed));
        }

        List<Row> rows = score("mutants", MUTANTS);

        assertThat(rows.stream().filter(row -> row.getAs("status").equals("ok")))
                .hasSizeBetween(MUTANTS / 50, MUTANTS * 49 / 50)
                .allSatisfy(HostileScoringIT::assertIsDistribution);
        assertThat(rows.stream()
                        .map(row -> row.<String>getAs("reason"))
                        .filter(reason -> reason != null)
                        .distinct())
                .contains("unreadable", "empty", "too-short", "unsupported");
    }

    @Test
    void otherFilesAreRejectedWithTheReason() throws IOException {
        write("odd/empty.wav", new byte[0]);
        write("odd/empty.mp3", new byte[0]);
        write("odd/text.txt", "no audio".getBytes(StandardCharsets.UTF_8));
        write("odd/folder.wav/inside.wav", DemoClips.wav(1, Emotion.SAD));
        write("odd/good.wav", DemoClips.wav(1, Emotion.HAPPY));
        Path locked = write("odd/locked.wav", DemoClips.wav(1, Emotion.CALM));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
        Files.createSymbolicLink(folder.resolve("odd/device.wav"), Path.of("/dev/zero"));
        Files.createSymbolicLink(folder.resolve("odd/dangling.wav"), Path.of("gone"));
        for (String sparse : List.of("odd/big-1.wav", "odd/big-2.wav")) {
            try (RandomAccessFile file =
                    new RandomAccessFile(folder.resolve(sparse).toFile(), "rw")) {
                file.setLength(RecordingSettings.defaults().maximumBytes() + (1L << 32));
            }
        }

        Map<String, String> outcomes = new TreeMap<>();
        for (Row row : score("odd", 11)) {
            outcomes.put(
                    row.<String>getAs("path").substring(("file:" + folder + "/odd/").length()),
                    row.getAs("reason") == null ? "ok" : row.getAs("reason"));
        }

        assertThat(outcomes.remove("locked.wav")).isEqualTo(Files.isReadable(locked) ? "ok" : "unreadable");
        assertThat(outcomes)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "big-1.wav", "too-long",
                        "big-2.wav", "too-long",
                        "dangling.wav", "unreadable",
                        "device.wav", "unreadable",
                        "empty.mp3", "empty",
                        "empty.wav", "empty",
                        "folder.wav", "unreadable",
                        "folder.wav/inside.wav", "ok",
                        "good.wav", "ok",
                        "text.txt", "unsupported"));
    }

    /** Scores a folder; checks that each file has one row, and that the summary says the same. */
    private List<Row> score(String input, int expected) {
        return assertTimeoutPreemptively(PATIENCE, () -> {
            List<String> paths = ListedPaths.of(folder.resolve(input).toString(), hadoop());
            String output = folder.resolve("scores.parquet").toString();
            ScoringSummary summary = BatchScoring.run(
                    session,
                    paths,
                    TestModel.bundle(),
                    TestModel.pipeline(hadoop()),
                    ScoringSettings.defaults(),
                    output);
            List<Row> rows = BatchScoring.read(session, output).collectAsList();

            assertThat(paths).hasSize(expected).doesNotHaveDuplicates();
            assertThat(rows).extracting(row -> row.<String>getAs("path")).containsExactlyInAnyOrderElementsOf(paths);
            assertThat(summary.reconciles()).isTrue();
            assertThat(summary.listed()).isEqualTo(expected);
            assertThat(summary.rejected().toString())
                    .isEqualTo(rows.stream()
                            .filter(row -> row.getAs("status").equals("rejected"))
                            .collect(Collectors.groupingBy(
                                    row -> row.<String>getAs("reason"), TreeMap::new, Collectors.counting()))
                            .toString());
            return rows;
        });
    }

    private static void assertIsDistribution(Row row) {
        if (row.<String>getAs("emotion").equals("silence")) {
            assertThat(row.<Float>getAs("confidence")).isNull();
            assertThat(row.<Double>getAs("speech_s")).isZero();
            return;
        }
        double sum = 0;
        for (Emotion emotion : EmotionSet.EIGHT) {
            float probability = row.getAs("probability_" + emotion.id());
            assertThat(probability).isBetween(0f, row.<Float>getAs("confidence"));
            sum += probability;
        }
        assertThat(sum).isEqualTo(1, within(1e-4));
        assertThat(row.<Float>getAs("probability_" + row.getAs("emotion"))).isEqualTo(row.<Float>getAs("confidence"));
    }

    private static byte[] fixture(String name) throws IOException {
        try (InputStream in = HostileScoringIT.class.getResourceAsStream("/audio/" + name)) {
            return in.readAllBytes();
        }
    }
}
