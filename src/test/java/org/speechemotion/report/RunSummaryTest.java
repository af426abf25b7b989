package org.speechemotion.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs as they are written, read back, in a table and as curves. */
class RunSummaryTest {
    @TempDir
    private Path folder;

    @Test
    void aTableHasALineForEachRun() throws IOException {
        Path ended = run("ended");
        RunResult result = SampleRun.result();
        Files.writeString(ended.resolve("metrics.json"), MetricsJson.render(result.metrics()));
        Files.writeString(
                ended.resolve("provenance.json"), SampleRun.provenance().toJson());
        List<RunSummary> runs = List.of(read(ended), read(run("still-running")));

        List<String> lines = RunComparison.table(runs).lines().toList();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).split(" {2,}", -1))
                .containsExactly(
                        "run",
                        "test UAR",
                        "95 %",
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
                MetricsJson.render(Map.of("test", SampleRun.result().metrics().get("validation"))));
        assertThat(RunComparison.table(List.of(read(few))).lines().toList().get(1))
                .startsWith("emotion/few  75.0      too few speakers  75.0");
    }

    @Test
    void theEpochsOfAMeanAreNamedAndThoseOfEarlierRunsToo() throws IOException {
        Path mean = run("mean");
        Files.writeString(
                mean.resolve("metrics.json"),
                MetricsJson.render(SampleRun.meanResult().metrics()));
        Path earlier = run("earlier");
        Files.writeString(earlier.resolve("metrics.json"), "{\"best_epoch\": 2}");
        List<String> lines =
                RunComparison.table(List.of(read(mean), read(earlier))).lines().toList();
        assertThat(lines.get(1).split(" {2,}", -1)).contains("2 to 3 of 3");
        assertThat(lines.get(2).split(" {2,}", -1)).contains("2 of 3");
        assertThat(read(mean).metrics().path("keep").asText()).isEqualTo("mean-of-last");
        assertThat(read(mean).metrics().path("best_epoch").asInt()).isEqualTo(2);
    }

    @Test
    void curvesAreDrawnInAColourForEachRun() throws IOException {
        List<RunSummary> runs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            runs.add(read(run("run-" + i)));
        }
        Path file = folder.resolve("compare.png");
        CurvesPlot.write(runs, file);
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(1440);
        // The legend's lines, and the first curve's first point: a loss of 2 of at most 2, at epoch 1.
        assertThat(new Color(image.getRGB(80, 388))).isEqualTo(new Color(0x0072b2));
        assertThat(new Color(image.getRGB(80, 388 + 22))).isEqualTo(new Color(0xd55e00));
        assertThat(new Color(image.getRGB(63, 49))).isNotEqualTo(Color.WHITE);
    }

    @Test
    void whatIsNoRunIsNone() throws IOException {
        assertThat(RunSummary.read(folder)).isEmpty();
        assertThat(RunSummary.read(folder.resolve("none"))).isEmpty();
    }

    @Test
    void damagedFiguresAreNamed() throws IOException {
        Path run = run("damaged");
        Files.writeString(run.resolve("metrics.json"), "{\"test\": ");
        assertThatIOException()
                .isThrownBy(() -> RunSummary.read(run))
                .withMessageStartingWith(run.resolve("metrics.json") + " is not JSON: ");
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
