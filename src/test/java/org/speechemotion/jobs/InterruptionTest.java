package org.speechemotion.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C, sent to a process as a terminal sends it. */
class InterruptionTest {
    private static final int INTERRUPTED = 130;

    @TempDir
    private Path folder;

    private Process process;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "go on with run.resume=true | emotion train: interrupted; go on with run.resume=true",
                "'' | emotion train: interrupted"
            })
    void interruptedCommandsEndWithOneLine(String advice, String line) throws Exception {
        start(advice, "wait");
        Path out = folder.resolve("out.txt");
        while (process.isAlive() && !Files.readString(out).contains("running")) {
            Thread.sleep(20);
        }
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(INTERRUPTED);
        assertThat(folder.resolve("err.txt")).hasContent(line);
    }

    @Test
    void aCommandThatEndsIsNotInterrupted() throws Exception {
        start("go on", "end");
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(folder.resolve("err.txt")).isEmptyFile();
    }

    @AfterEach
    void endProcess() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private void start(String advice, String action) throws Exception {
        // A shell that starts a job in the background has it ignore interruptions, and its processes inherit that.
        process = new ProcessBuilder(
                        "env",
                        "--default-signal=INT",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath(),
                        Program.class.getName(),
                        advice,
                        action)
                .redirectOutput(Files.createFile(folder.resolve("out.txt")).toFile())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
    }

    private static String classPath() {
        return InterruptionTest.class.getClassLoader() instanceof URLClassLoader loader
                ? Arrays.stream(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("java.class.path");
    }

    /** A command whose work fails because it is interrupted, as that of Spark does. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws InterruptedException {
            Interruption.watch(System.err);
            Interruption.describe("train", arguments[0]);
            if (arguments[1].equals("end")) {
                Interruption.none();
                System.exit(Job.DONE);
            }
            System.out.println("running");
            while (!Interruption.isUnderWay()) {
                Thread.sleep(10);
            }
            System.exit(Job.FAILED);
        }
    }
}
