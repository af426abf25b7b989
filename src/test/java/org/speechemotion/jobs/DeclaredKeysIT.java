package org.speechemotion.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.plugin.Plugins;

/**
 * Compares the keys that each command declares, and that its help lists, with those that it reads in {@link UserJourneys}. They run
 * in a process of their own, because each command closes its Spark session.
 */
class DeclaredKeysIT {
    @TempDir
    private Path folder;

    @Test
    void everyCommandDeclaresTheKeysThatItReads() throws Exception {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        words.addAll(List.of("-cp", classPath(), UserJourneys.class.getName(), folder.toString()));
        Path log = folder.resolve("log.txt");
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        assertThat(Files.readAllLines(folder.resolve("ran")))
                .containsExactlyInAnyOrderElementsOf(
                        Plugins.all(Job.class).stream().map(Job::name).toList());
        assertThat(Files.readAllLines(folder.resolve("differences"))).isEmpty();
    }

    static String classPath() {
        return DeclaredKeysIT.class.getClassLoader() instanceof URLClassLoader loader
                ? Arrays.stream(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("java.class.path");
    }
}
