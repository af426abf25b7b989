package org.speechemotion.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Commands that a process of its own executes one after the other, and which a test may kill. */
final class CommandProcess implements AutoCloseable {
    private final Process process;
    private final Path output;

    private CommandProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts commands, whose words are separated by spaces, with the class path of this JVM. */
    static CommandProcess start(Path folder, Map<String, String> hadoop, String... commands) throws IOException {
        return start(folder, DeclaredKeysIT.classPath(), hadoop, commands);
    }

    /**
     * Starts commands, whose words are separated by spaces.
     *
     * @param folder the folder of the file with their output
     * @param hadoop settings of Hadoop
     */
    static CommandProcess start(Path folder, String classPath, Map<String, String> hadoop, String... commands)
            throws IOException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        // A short life is over before the full compiler has paid off.
        words.addAll(List.of("-XX:TieredStopAtLevel=1", "-Dspark.master=local[2]", "-Demotion.log-level=warn"));
        // Small tables need no more partitions.
        words.addAll(List.of("-Dspark.sql.shuffle.partitions=2", "-Dspark.databricks.delta.snapshotPartitions=1"));
        hadoop.forEach((key, value) -> words.add("-Dspark.hadoop." + key + "=" + value));
        words.addAll(List.of("-cp", classPath, Commands.class.getName()));
        words.addAll(List.of(commands));
        Path output = Files.createTempFile(folder, "out", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        return new CommandProcess(builder.start(), output);
    }

    /** Returns the output so far. */
    String said() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a moment, before which it must not end. */
    void await(BooleanSupplier moment) throws InterruptedException {
        while (process.isAlive() && !moment.getAsBoolean()) {
            Thread.sleep(1);
        }
        assertThat(process.isAlive()).as(said()).isTrue();
    }

    /** Waits for a moment and kills it by SIGKILL. */
    void killWhen(BooleanSupplier moment) throws InterruptedException {
        await(moment);
        process.destroyForcibly().waitFor();
    }

    /** Ends it by SIGTERM and waits until it has ended. */
    void terminate() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }

    /** Waits until it has ended, and returns its output. */
    String finish(int exit) throws InterruptedException {
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(said()).isTrue();
        assertThat(process.exitValue()).as(said()).isEqualTo(exit);
        return said();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Executes commands until one of them fails. */
    static final class Commands {
        private Commands() {}

        public static void main(String[] commands) {
            for (String command : commands) {
                int exit = Main.execute(command.split(" ", -1), System.out, System.err);
                if (exit != Job.DONE) {
                    System.exit(exit);
                }
            }
            System.exit(Job.DONE);
        }
    }
}
