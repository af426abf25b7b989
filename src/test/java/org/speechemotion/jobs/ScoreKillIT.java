package org.speechemotion.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.demo.DemoCorpus;
import org.speechemotion.spark.scoring.ScoredModel;

/** Scoring whose driver, and whose executor, is killed by SIGKILL, against a run that is left in peace. */
class ScoreKillIT {
    private static final Path HOME = Path.of("").toAbsolutePath();
    /** The number of clips in the demo corpus: 12 speakers, 8 emotions, 2 takes. */
    private static final int CLIPS = 192;
    /** Other tests start a cluster as well, perhaps at the same time. */
    private static final String CLUSTER_PORT = "17079";

    private static final List<String> SMALL_BATCHES = List.of("--master", "local[2]", "score.commit-files=8");

    @TempDir
    static Path folder;

    private static Map<String, Map<String, String>> peace;

    @BeforeAll
    static void scoreInPeace() throws Exception {
        DemoCorpus.write(folder.resolve("corpus"), 3);
        ScoredModel.write(folder.resolve("model"));
        finish(start("peace", List.of()));
        peace = rows("peace");
        assertThat(peace).hasSize(CLIPS);
    }

    @Test
    void aKilledDriverResumes() throws Exception {
        // When the table was begun; when a batch is there, and another on its way; while one is written; and later on.
        killWhen(began -> Files.exists(table("killed").resolve("_scores.json")));
        killWhen(began -> committed("killed") > began);
        killWhen(began -> committed("killed") > began && attempts("killed") >= 1);
        killWhen(began -> committed("killed") > began + 1);
        int before = rows("killed").size();
        assertThat(before).isBetween(1, CLIPS - 1);

        String said = finish(start("killed", SMALL_BATCHES));

        assertThat(said)
                .contains(CLIPS + " listed, " + before + " of them in the table already")
                .contains(CLIPS + " listed = " + (CLIPS - before) + " scored + 0 rejected + " + before + " skipped");
        assertSameAsInPeace("killed");
        assertThat(finish(start("killed", List.of())))
                .contains(CLIPS + " listed = 0 scored + 0 rejected + " + CLIPS + " skipped");
    }

    @Test
    void aKilledStreamResumesAndStops() throws Exception {
        killStreamWhen(began -> Files.exists(table("stream").resolve("_scores.json")));
        killStreamWhen(began -> committed("stream") > began && attempts("stream") >= 1);
        int before = rows("stream").size();
        assertThat(before).isBetween(1, CLIPS - 1);

        Process stream = startStream();
        await(stream, () -> saysNow(CLIPS + " listed = "));
        stream.destroy();
        assertThat(stream.waitFor(1, TimeUnit.MINUTES)).isTrue();

        assertThat(said())
                .contains(CLIPS + " listed = " + (CLIPS - before) + " scored + 0 rejected + " + before + " skipped")
                .contains("stopped; the same command continues");
        assertSameAsInPeace("stream");
        assertThat(finish(start("stream", List.of())))
                .contains(CLIPS + " listed = 0 scored + 0 rejected + " + CLIPS + " skipped");
    }

    @Test
    void aKilledExecutorDuplicatesNothing() throws Exception {
        String master = output(new ProcessBuilder(HOME + "/scripts/local-cluster", "start"));
        try {
            Process driver = start(
                    "cluster",
                    List.of(
                            "--master",
                            master.strip(),
                            "spark.executor.memory=1g",
                            "spark.cores.max=2",
                            "score.commit-files=8"));
            await(driver, () -> committed("cluster") >= 1);
            ProcessHandle executor = ProcessHandle.allProcesses()
                    .filter(ScoreKillIT::isExecutor)
                    .findFirst()
                    .orElseThrow();
            executor.destroyForcibly();
            assertThat(committed("cluster")).as("the run went on").isLessThan(CLIPS / 16);

            assertThat(finish(driver)).contains(CLIPS + " listed = " + CLIPS + " scored + 0 rejected + 0 skipped");
            assertSameAsInPeace("cluster");
        } finally {
            output(new ProcessBuilder(HOME + "/scripts/local-cluster", "stop"));
        }
    }

    private static void assertSameAsInPeace(String name) throws IOException {
        Map<String, Map<String, String>> rows = rows(name);
        assertThat(rows.keySet()).isEqualTo(peace.keySet());
        peace.forEach((path, expected) -> expected.forEach((column, value) -> {
            String found = rows.get(path).get(column);
            if (column.matches("confidence|entropy|probability_.*")) { // to rounding, which the batch decides
                assertThat(Double.parseDouble(found))
                        .as(path + " " + column)
                        .isCloseTo(Double.parseDouble(value), within(3e-5));
            } else if (!column.matches("scored_at|run")) {
                assertThat(found).as(path + " " + column).isEqualTo(value);
            }
        }));
        assertThat(table(name)).isDirectoryNotContaining("glob:**/{.attempts,_writer}");
    }

    /** Returns whether a process is an executor of this test's own cluster. */
    private static boolean isExecutor(ProcessHandle process) {
        Path status = Path.of("/proc/" + process.pid());
        try {
            return Files.readString(status.resolve("cmdline")).contains("CoarseGrainedExecutorBackend")
                    && Files.readSymbolicLink(status.resolve("cwd"))
                            .startsWith(HOME.resolve("target/cluster/" + CLUSTER_PORT));
        } catch (IOException another) {
            return false;
        }
    }

    private static Path table(String name) {
        return folder.resolve(name + ".csv");
    }

    private static long committed(String name) {
        return count(table(name), "scores-.*");
    }

    private static long attempts(String name) {
        return count(table(name).resolve(".attempts"), ".*");
    }

    private static long count(Path folder, String pattern) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(pattern))
                    .count();
        } catch (IOException notYet) {
            return 0;
        }
    }

    /** Path → column → value; no path twice. */
    private static Map<String, Map<String, String>> rows(String name) throws IOException {
        Map<String, Map<String, String>> rows = new TreeMap<>();
        try (Stream<Path> files = Files.list(table(name))) {
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith("scores-"))
                    .toList()) {
                List<String> lines = Files.readAllLines(file);
                String[] columns = lines.get(0).split(",", -1);
                for (String line : lines.subList(1, lines.size())) {
                    String[] values = line.split(",", -1);
                    assertThat(values).as(line).hasSameSizeAs(columns);
                    Map<String, String> row = new TreeMap<>();
                    for (int i = 0; i < columns.length; i++) {
                        row.put(columns[i], values[i]);
                    }
                    assertThat(rows.put(row.get("path"), row)).as(line).isNull();
                }
            }
        }
        return rows;
    }

    private static Process startStream() throws IOException {
        List<String> more = new ArrayList<>(SMALL_BATCHES);
        more.addAll(List.of("stream.every-seconds=1", "stream.settle-seconds=0"));
        return start("stream", "stream", more);
    }

    private static Process start(String name, List<String> more) throws IOException {
        return start("score", name, more);
    }

    private static Process start(String command, String name, List<String> more) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                HOME + "/scripts/emotion",
                command,
                "model=" + folder.resolve("model"),
                "input=" + folder.resolve("corpus"),
                "output=" + table(name)));
        words.addAll(more);
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(HOME.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.txt").toFile());
        builder.environment().remove("SPARK_HOME");
        // A short life is over before the full compiler has paid off.
        builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
        return builder.start();
    }

    private static String output(ProcessBuilder builder) throws Exception {
        Path out = Files.createTempFile(folder, "out", ".txt");
        builder.environment().remove("SPARK_HOME");
        builder.environment().put("CLUSTER_PORT", CLUSTER_PORT);
        Process process = builder.redirectOutput(out.toFile()).start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return Files.readString(out);
    }

    private static String finish(Process process) throws Exception {
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            destroy(process);
            throw new AssertionError("hung: " + said());
        }
        assertThat(process.exitValue()).as(said()).isZero();
        return said();
    }

    private static boolean saysNow(String text) {
        try {
            return said().contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String said() throws IOException {
        return Files.readString(folder.resolve("out.txt"));
    }

    /** Starts the run, and kills it at a moment that may depend on the number of batches at the start. */
    private static void killWhen(LongPredicate moment) throws Exception {
        long began = committed("killed");
        kill(start("killed", SMALL_BATCHES), () -> moment.test(began));
    }

    private static void killStreamWhen(LongPredicate moment) throws Exception {
        long began = committed("stream");
        kill(startStream(), () -> moment.test(began));
    }

    private static void kill(Process process, BooleanSupplier moment) throws Exception {
        await(process, moment);
        destroy(process);
        process.waitFor();
    }

    private static void await(Process process, BooleanSupplier moment) throws Exception {
        while (process.isAlive() && !moment.getAsBoolean()) {
            Thread.sleep(1);
        }
        assertThat(process.isAlive()).as(said()).isTrue();
    }

    private static void destroy(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
