package org.speechemotion.jobs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs commands in this process, and records their output and the keys that they read. */
class CommandRuns {
    /**
     * A model decides them, or {@code score.maximum-seconds} and {@code score.maximum-bytes} replace them; {@code export} opens a
     * model without audio.
     */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of("audio.maximum-seconds", "audio.maximum-bytes", "encoder.distribute");

    private static final Set<String> SCORING =
            Set.of("score", "stream", "infer", "live", "serve", "compare-precision", "export");

    final Path folder;
    final List<String> ran = new ArrayList<>();
    final List<String> differences = new ArrayList<>();
    final StringBuilder transcript = new StringBuilder();

    CommandRuns(Path folder) {
        this.folder = folder;
    }

    static String text(Path table) throws IOException {
        try (Stream<Path> files = Files.walk(table)) {
            return files.filter(file -> file.toString().endsWith(".csv"))
                    .filter(Files::isRegularFile)
                    .map(CommandRuns::lines)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String lines(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String[] with(String[] first, String... more) {
        return Stream.of(first, more).flatMap(Stream::of).toArray(String[]::new);
    }

    /** Notes each pattern that no line of a command's output matches. */
    void requireLines(String console, String... patterns) {
        for (String pattern : patterns) {
            if (console.lines().noneMatch(line -> line.matches(pattern))) {
                differences.add("no line is " + pattern + ":\n" + console);
            }
        }
    }

    void requireFiles(Path directory, String... names) {
        for (String name : names) {
            if (!Files.isRegularFile(directory.resolve(name))) {
                differences.add(directory + " lacks " + name);
            }
        }
    }

    String output(String name) {
        return "output=" + folder.resolve(name);
    }

    String run(Job job, String[] first, String... more) throws IOException {
        return run(job, with(first, more));
    }

    String run(Job job, String... words) throws IOException {
        return expect(Job.DONE, job, words);
    }

    String expect(int exit, Job job, String... words) throws IOException {
        Set<String> read = new ConcurrentSkipListSet<>();
        String console = execute(exit, job, read::add, words);
        compare(job, read);
        return console;
    }

    String execute(int exit, Job job, Consumer<String> observer, String... words) {
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(console, true, StandardCharsets.UTF_8);
        int code = job.execute(words, print, print, observer);
        if (code != exit) {
            differences.add(job.name() + " ended with " + code + ": " + console.toString(StandardCharsets.UTF_8));
        }
        String text = console.toString(StandardCharsets.UTF_8);
        transcript.append("$ emotion ").append(job.name()).append(' ').append(String.join(" ", words));
        transcript.append('\n').append(text).append('\n');
        return text;
    }

    /** Runs a command that ends with the process, until it says something. */
    void runUntil(String said, Job job, String... words) throws InterruptedException {
        Set<String> read = new ConcurrentSkipListSet<>();
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(console, true, StandardCharsets.UTF_8);
        Thread thread = new Thread(() -> job.execute(words, print, print, read::add));
        thread.setDaemon(true);
        thread.start();
        while (thread.isAlive() && !console.toString(StandardCharsets.UTF_8).contains(said)) {
            Thread.sleep(50);
        }
        if (!thread.isAlive()) {
            differences.add(job.name() + " ended: " + console.toString(StandardCharsets.UTF_8));
        }
        compare(job, read);
    }

    private void compare(Job job, Set<String> read) {
        ran.add(job.name());
        for (String key : read) {
            boolean ignored = (SCORING.contains(job.name()) && WITHOUT_EFFECT.contains(key))
                    || (job.name().equals("export") && key.startsWith("audio."));
            if (!ignored && job.keys().stream().noneMatch(declared -> isIn(key, declared))) {
                differences.add(job.name() + " reads " + key + ", which it does not declare");
            }
        }
        for (String declared : job.keys()) {
            if (read.stream().noneMatch(key -> isIn(key, declared))) {
                differences.add(job.name() + " declares " + declared + ", which it does not read");
            }
        }
    }

    private static boolean isIn(String key, String declared) {
        return key.equals(declared) || key.startsWith(declared + ".");
    }
}
