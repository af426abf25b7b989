package org.speechemotion.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands of the packaged jar through the scripts, as a user does. */
abstract class PackagedCommands {
    static final Path HOME = Path.of("").toAbsolutePath();

    @TempDir
    static Path folder;

    record Output(int exit, String out, String err) {}

    static Output emotion(String command, String... arguments) throws Exception {
        return emotion(command, List.of(arguments));
    }

    static Output emotion(String command, List<String> arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(HOME + "/scripts/emotion", command));
        words.addAll(arguments);
        return run(words);
    }

    static Output run(List<String> words) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(HOME.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().remove("SPARK_HOME");
        Process process = builder.start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("hung: " + words + "\n" + Files.readString(out) + Files.readString(err));
        }
        return new Output(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** The data rows of a CSV table. */
    static List<String> rows(Path csv) throws IOException {
        return lines(csv, ".csv").stream()
                .filter(line -> !line.startsWith("path,"))
                .toList();
    }

    static List<String> lines(Path table, String extension) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> parts = Files.list(table)) {
            for (Path part : parts.filter(file -> file.getFileName().toString().matches("scores-.*\\" + extension))
                    .sorted()
                    .toList()) {
                lines.addAll(Files.readAllLines(part));
            }
        }
        return lines;
    }
}
