package org.speechemotion.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.train.KeptEpochs;

class RunIndexTest {
    private static final String HEADER =
            "experiment,label,date,git_commit,encoder,test_uar,test_uar_low,test_uar_high,test_accuracy,validation_uar,"
                    + "kept_epoch,seconds,clips";

    @TempDir
    private Path folder;

    @Test
    void everyRunIsOneLine() throws IOException {
        RunResult result = SampleRun.result();
        RunIndex.add(index(), "emotion", "first", result, SampleRun.provenance());
        RunIndex.add(index(), "emotion", "second", result, SampleRun.provenance());
        List<String> lines = Files.readAllLines(index());
        assertThat(lines).hasSize(3).startsWith(HEADER);
        assertThat(lines.get(1))
                .startsWith("emotion,first,2026-01-02T03:04:05Z,0123abcd,log-mel,0.75,0.")
                .endsWith(",0.75,0.75,2,61,123");
        assertThat(lines.get(2)).startsWith("emotion,second,");
    }

    @Test
    void aRunWithoutATestSideHasNoTestFigures() throws IOException {
        RunResult result = SampleRun.result();
        RunIndex.add(
                index(),
                "emotion",
                "first",
                new RunResult(KeptEpochs.best(2), 1, result.sides().subList(0, 1)),
                SampleRun.provenance());
        assertThat(Files.readAllLines(index()).get(1)).contains("log-mel,\"\",\"\",\"\",\"\",0.75,2,");
    }

    @Test
    void aMeanNamesItsEpochs() throws IOException {
        RunIndex.add(index(), "emotion", "mean", SampleRun.meanResult(), SampleRun.provenance());
        assertThat(Files.readAllLines(index()).get(1)).endsWith(",0.75,0.75,2 to 3,61,123");
    }

    @Test
    void aResumedRunHasOneLine() throws IOException {
        RunIndex.add(index(), "emotion", "first", SampleRun.result(), SampleRun.provenance());
        RunIndex.add(index(), "emotion", "second", SampleRun.result(), SampleRun.provenance());
        List<String> before = Files.readAllLines(index());
        RunIndex.add(index(), "emotion", "first", SampleRun.result(), SampleRun.provenance("2026-01-09T00:00:00Z", 3));
        assertThat(Files.readAllLines(index())).isEqualTo(before);
        RunIndex.add(
                index(), "emotion", "first", SampleRun.meanResult(), SampleRun.provenance("2026-01-09T00:00:00Z", 3));
        List<String> after = Files.readAllLines(index());
        assertThat(after).hasSize(3);
        assertThat(after.get(1))
                .startsWith("emotion,first,2026-01-09T00:00:00Z,")
                .endsWith(",2 to 3,3,123");
        assertThat(after.get(2)).isEqualTo(before.get(2));
    }

    @Test
    void filesWithOtherColumnsAreKept() throws IOException {
        Files.writeString(index(), "mine\n1\n");
        assertThatIOException()
                .isThrownBy(() -> RunIndex.add(index(), "emotion", "first", SampleRun.result(), SampleRun.provenance()))
                .withMessage(index() + " has another header; allowed: " + HEADER + ". Move the file away");
        assertThat(index()).hasContent("mine\n1\n");
    }

    @Test
    void runsThatEndAtTheSameTimeLoseNoLine() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Process> processes = new ArrayList<>();
        try {
            for (String name : List.of("one", "two")) {
                processes.add(new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Appender.class.getName(),
                                index().toString(),
                                name)
                        .inheritIO()
                        .start());
            }
            List<Future<?>> added = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String label = "thread-" + i;
                added.add(threads.submit(() -> {
                    Appender.append(index(), label);
                    return null;
                }));
            }
            for (Future<?> future : added) {
                future.get();
            }
            for (Process process : processes) {
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
            }
        } finally {
            threads.shutdownNow();
            processes.forEach(Process::destroyForcibly);
        }
        List<String> lines = Files.readAllLines(index());
        assertThat(lines).hasSize(1 + 40 + 2 * Appender.LINES).doesNotHaveDuplicates();
        assertThat(lines.get(0)).isEqualTo(HEADER);
        assertThat(lines.stream()
                        .mapToLong(line -> line.chars().filter(c -> c == ',').count()))
                .containsOnly(12L);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(Path::toFile).map(File::getName))
                    .containsExactlyInAnyOrder("index.csv", ".index.lock");
        }
    }

    /** Another process. */
    static final class Appender {
        static final int LINES = 50;

        private Appender() {}

        public static void main(String[] arguments) throws IOException {
            for (int i = 0; i < LINES; i++) {
                append(Path.of(arguments[0]), arguments[1] + "-" + i);
            }
        }

        static void append(Path index, String label) throws IOException {
            List<String> fields = new ArrayList<>(Collections.nCopies(RunIndex.HEADER.size(), "x"));
            fields.set(1, label);
            RunIndex.append(index, fields);
        }
    }

    private Path index() {
        return folder.resolve("index.csv");
    }
}
