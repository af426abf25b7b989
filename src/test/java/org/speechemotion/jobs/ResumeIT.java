package org.speechemotion.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.demo.DemoCorpus;
import org.speechemotion.report.EventFile;

/** A run whose process is killed again and again, by SIGKILL, against one that is left in peace. */
class ResumeIT {
    private static final Path HOME = Path.of("").toAbsolutePath();
    private static final int EPOCHS = 4;

    @TempDir
    static Path folder;

    @Test
    void aKilledRunReachesTheSameResult() throws Exception {
        DemoCorpus.write(folder.resolve("demo"), 3);
        for (int speaker = 1; speaker <= 6; speaker++) {
            Path own = Path.of("Actor_0" + speaker);
            Files.createDirectories(folder.resolve("corpus"));
            Files.move(
                    folder.resolve("demo").resolve(own),
                    folder.resolve("corpus").resolve(own));
        }
        finish(start("peace", false));

        Path run = folder.resolve("runs/emotion/killed");
        Path checkpoints = run.resolve("checkpoints");
        // While the first epoch is trained; while a checkpoint is written; in the middle of an epoch; and when all are
        // done.
        kill(start("killed", false), () -> log(run).contains("parameters"));
        kill(start("killed", true), () -> Files.exists(checkpoints.resolve(".epoch-0002")));
        kill(start("killed", true), () -> Files.exists(checkpoints.resolve("epoch-0003")));
        kill(start("killed", true), () -> Files.exists(checkpoints.resolve("epoch-000" + EPOCHS)));
        finish(start("killed", true));

        Path peace = folder.resolve("runs/emotion/peace");
        assertThat(log(run))
                .contains(
                        "there is no checkpoint yet; the run starts with the first epoch",
                        "resumed after epoch " + EPOCHS);
        assertThat(run.resolve("metrics.json")).hasSameTextualContentAs(peace.resolve("metrics.json"));
        assertThat(modelId(run)).isEqualTo(modelId(peace));
        assertThat(losses(run)).hasSize(EPOCHS).isEqualTo(losses(peace));
        assertThat(history(run)).hasSize(1 + EPOCHS).isEqualTo(history(peace));
        assertThat(checkpoints).isDirectoryNotContaining("glob:**/.*");
    }

    private static Process start(String label, boolean resume) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                HOME + "/scripts/emotion",
                "train",
                "corpora.ravdess.path=" + folder.resolve("corpus"),
                "run.directory=" + folder.resolve("runs"),
                "run.label=" + label,
                "run.keep-checkpoints=1",
                "run.resume=" + resume,
                "split.test=[\"ravdess:01\",\"ravdess:02\"]",
                "split.validation=[\"ravdess:03\",\"ravdess:04\"]",
                "training.epochs=" + EPOCHS,
                "training.batch-size=4",
                "training.averaging-frequency=2",
                "training.workers=2",
                "training.schedule=cosine",
                "training.rate.every=step",
                "augmentation.chain=[gain]",
                "network.context.width=16",
                "network.branches.use=never",
                // Large, so that a checkpoint takes a while to be written.
                "network.hidden-width=8000"));
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(HOME.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.txt").toFile());
        builder.environment().remove("SPARK_HOME");
        // A short life is over before the full compiler has paid off.
        builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
        return builder.start();
    }

    private static void finish(Process process) throws Exception {
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            destroy(process);
            throw new AssertionError("hung: " + Files.readString(folder.resolve("out.txt")));
        }
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("out.txt")))
                .isZero();
    }

    private static void kill(Process process, BooleanSupplier moment) throws Exception {
        while (process.isAlive() && !moment.getAsBoolean()) {
            Thread.sleep(1);
        }
        assertThat(process.isAlive())
                .as(Files.readString(folder.resolve("out.txt")))
                .isTrue();
        destroy(process);
        process.waitFor();
    }

    private static void destroy(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static String log(Path run) {
        try {
            return Files.readString(run.resolve("run.log"));
        } catch (IOException notYet) {
            return "";
        }
    }

    /** Returns the id of the model, which depends on its parameters. */
    private static String modelId(Path run) throws IOException {
        return new ObjectMapper()
                .readTree(run.resolve("model/model.json").toFile())
                .get("modelId")
                .asText();
    }

    /** Returns the lines of the history without the values that depend on the clock. */
    private static List<String> history(Path run) throws IOException {
        return Files.readAllLines(run.resolve("history.csv")).stream()
                .map(line -> line.replaceFirst(",[^,]*,[^,]*(,[^,]*)$", "$1"))
                .toList();
    }

    /** The chart as TensorBoard shows it: where a session starts again, later steps of earlier files are left out. */
    private static Map<Long, Float> losses(Path run) throws IOException {
        TreeMap<Long, Float> chart = new TreeMap<>();
        for (Path file : EventFile.in(run.resolve("tensorboard"))) {
            for (Map<Integer, byte[]> event : EventFile.read(file)) {
                long step =
                        event.containsKey(2) ? EventFile.little(event.get(2)).getLong() : 0;
                if (event.containsKey(7)) {
                    chart.tailMap(step, true).clear();
                } else if (event.containsKey(5)) {
                    Map<Integer, byte[]> value = EventFile.value(event);
                    if (EventFile.text(value.get(1)).equals("train/loss")) {
                        assertThat(chart.put(
                                        step, EventFile.little(value.get(2)).getFloat()))
                                .as("step %d twice", step)
                                .isNull();
                    }
                }
            }
        }
        return chart;
    }
}
