package org.speechemotion.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.report.figure.Paint;

/** Runs as they are written, read back, in a table and as curves. */
class RunSummaryTest {
    @TempDir
    private Path folder;

    @Test
    void aTableHasALineForEachRun() throws IOException {
        Path ended = run("ended");
        RunResult result = SampleRun.result();
        Files.writeString(ended.resolve("metrics.json"), MetricsJson.render(result.metrics(SampleRun.trained())));
        Files.writeString(
                ended.resolve("provenance.json"), SampleRun.provenance().toJson());
        List<RunSummary> runs = List.of(read(ended), read(run("still-running")));

        List<String> lines = RunComparison.table(runs).lines().toList();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).split(" {2,}", -1))
                .containsExactly(
                        "run",
                        "test UAR",
                        "95 % interval",
                        "accuracy",
                        "ECE",
                        "validation UAR",
                        "kept epoch",
                        "encoder",
                        "seconds");
        assertThat(lines.get(1).split(" {2,}", -1))
                .startsWith("emotion/ended", "75.0")
                .endsWith("75.0", "2 of 3", "log-mel", "61");
        assertThat(lines.get(1).split(" {2,}", -1)[2]).matches("[\\d.]+ to [\\d.]+");
        assertThat(lines.get(2).split(" {2,}", -1))
                .containsExactly("emotion/still-running", "-", "-", "-", "-", "-", "- of 3", "-", "-");
    }

    @Test
    void anIntervalThatWasNotComputedIsExplained() throws IOException {
        Path few = run("few");
        Files.writeString(
                few.resolve("metrics.json"),
                MetricsJson.render(Map.of(
                        "test", SampleRun.result().metrics(SampleRun.trained()).get("validation"))));
        assertThat(RunComparison.table(List.of(read(few))).lines().toList().get(1))
                .startsWith("emotion/few  75.0      too few speakers  75.0");
    }

    @Test
    void runsAreComparedWithTheFirstSpeakerBySpeaker() throws IOException {
        Path first = ended("first", 3, 0);
        Path second = ended("second", 4, 5);
        Path elsewhere = run("elsewhere");
        Files.writeString(elsewhere.resolve("predictions.csv"), "path,actor_id,emotion,predicted,side\n");
        List<String> lines = RunComparison.text(List.of(read(first), read(second), read(elsewhere)))
                .lines()
                .toList();
        assertThat(lines)
                .contains(
                        "emotion/second against emotion/first: +45.8 points of UAR (95 % interval +25.0 to +50.0),"
                                + " p = 0.031, on 24 test clips by 6 speakers in common",
                        "emotion/elsewhere against emotion/first: no test clips in common",
                        "settings that differ  emotion/first  emotion/second",
                        "training.epochs       3              4")
                .noneMatch(line -> line.contains("run.label") || line.contains("training.seed"));
    }

    @Test
    void runsThatDifferInTheSeedShareARow() throws IOException {
        List<RunSummary> runs = new ArrayList<>();
        double[] recalls = {0.5, 0.6, 0.7, 0.9};
        for (int i = 0; i < recalls.length; i++) {
            Path run = run("seed-" + i);
            Files.writeString(run.resolve("metrics.json"), "{\"test\": {\"uar\": %s}}".formatted(recalls[i]));
            Files.writeString(
                    run.resolve("provenance.json"),
                    "{\"settings\": {\"training\": {\"seed\": %d, \"epochs\": %d}, \"run\": {\"label\": \"%d\"}}}"
                            .formatted(i, i < 3 ? 40 : 80, i));
            runs.add(read(run));
        }
        assertThat(RunComparison.text(runs).lines().toList())
                .contains(
                        "equal but for training.seed, mean ± standard deviation of the seeds:",
                        "runs                       seeds    test UAR     accuracy  validation UAR",
                        "emotion/seed-0 and 2 more  0, 1, 2  60.0 ± 10.0  -         -");
        assertThat(RunComparison.text(runs.subList(2, 4))).doesNotContain("equal but for");
    }

    @Test
    void aDamagedTableOfPredictionsIsNamed() throws IOException {
        Path run = run("damaged");
        Files.writeString(run.resolve("predictions.csv"), "path,actor_id\na.wav,made:1\n");
        assertThatIOException()
                .isThrownBy(() -> RunSummary.read(run))
                .withMessageStartingWith(run.resolve("predictions.csv") + " has no column emotion in each line");
    }

    /** A run that ended, which recognises sad clips of so many of its six speakers, and all happy ones. */
    private Path ended(String label, int epochs, int speakers) throws IOException {
        Path run = run(label);
        StringBuilder csv = new StringBuilder("path,actor_id,emotion,predicted,probability_happy,side\n");
        for (int speaker = 0; speaker < 6; speaker++) {
            for (int clip = 0; clip < 4; clip++) {
                String emotion = clip < 2 ? "happy" : "sad";
                // Of the sixth speaker's sad clips, the better run recognises one.
                boolean right = clip < 2 || speaker < speakers || (speakers > 0 && clip == 2);
                csv.append("/%d/%d.wav,made:%d,%s,%s,0.5,test%n"
                        .formatted(speaker, clip, speaker, emotion, right ? emotion : "calm"));
            }
        }
        csv.append("/v.wav,made:9,happy,calm,0.5,validation\n");
        Files.writeString(run.resolve("predictions.csv"), csv);
        Files.writeString(
                run.resolve("provenance.json"),
                "{\"settings\": {\"training\": {\"epochs\": %d, \"seed\": 1}, \"run\": {\"label\": \"%s\"}}}"
                        .formatted(epochs, label));
        return run;
    }

    @Test
    void epochsOfMeansAndOfEarlierRunsAreNamed() throws IOException {
        Path mean = run("mean");
        Files.writeString(
                mean.resolve("metrics.json"),
                MetricsJson.render(SampleRun.meanResult().metrics(SampleRun.trained())));
        Path earlier = run("earlier");
        Files.writeString(earlier.resolve("metrics.json"), "{\"best_epoch\": 2}");
        List<String> lines =
                RunComparison.table(List.of(read(mean), read(earlier))).lines().toList();
        assertThat(lines.get(1).split(" {2,}", -1)).contains("2 to 3 of 3");
        assertThat(lines.get(2).split(" {2,}", -1)).contains("2 of 3");
        assertThat(read(mean).metrics().path("keep").asText()).isEqualTo("mean-of-last");
        assertThat(read(mean).metrics().path("best_epoch").asInt()).isEqualTo(2);
        assertThat(read(mean).metrics().path("trained_classes").asInt()).isEqualTo(7);
    }

    @Test
    void curvesAreDrawnInAColourForEachRun() throws IOException {
        List<RunSummary> runs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            runs.add(read(run("run-" + i)));
        }
        Path file = folder.resolve("compare.png");
        CurvesPlot.of(runs).write(file);
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(1980);
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.add(image.getRGB(x, y) & 0xffffff);
            }
        }
        for (int i = 0; i < 8; i++) {
            assertThat(colours).contains(Paint.series(i).rgb());
        }
    }

    @Test
    void otherFoldersAreNoRuns() throws IOException {
        assertThat(RunSummary.read(folder)).isEmpty();
        assertThat(RunSummary.read(folder.resolve("none"))).isEmpty();
    }

    @Test
    void damagedMetricsAreNamed() throws IOException {
        Path run = run("damaged");
        Path metrics = run.resolve("metrics.json");
        for (String text : List.of("{\"test\": ", "{} {}", "{\"a\": 1, \"a\": 2}", "{\"a\":" + "[".repeat(100))) {
            Files.writeString(metrics, text);
            assertThatIOException()
                    .isThrownBy(() -> RunSummary.read(run))
                    .withMessageStartingWith(metrics + " is not JSON: ");
        }
        Files.writeString(metrics, "{}" + " ".repeat(16 << 20));
        assertThatIOException()
                .isThrownBy(() -> RunSummary.read(run))
                .withMessage(metrics + " has 16777218 bytes; allowed: at most 16777216");
    }

    private Path run(String label) throws IOException {
        Path run = Files.createDirectories(folder.resolve("emotion").resolve(label));
        HistoryFile history = new HistoryFile(run.resolve("history.csv"), List.of());
        SampleRun.history().forEach(history::add);
        return run;
    }

    private static RunSummary read(Path run) throws IOException {
        return RunSummary.read(run).orElseThrow();
    }
}
