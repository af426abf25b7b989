package org.speechemotion.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.speechemotion.plugin.Plugins;

/**
 * The command lines in the documents. Those of the project are parsed by the command that they name, with its options and keys, and
 * {@link DeclaredKeysIT} runs each command with all that it declares. All others are listed here with what runs them, or why
 * nothing does.
 */
class DocumentedCommandsTest {
    private static final Map<String, String> OTHERS = Map.ofEntries(
            Map.entry("mvn", "is the build, which runs the tests"),
            Map.entry(
                    "spark-submit",
                    "PackagedJarIT starts the jar as Spark does; clusters other than standalone: deployment.md"),
            Map.entry("spark-shell", "needs a Spark distribution; scripts/spark-shell is the same without one"),
            Map.entry("source", "reads what completion prints, which CompletionJobTest runs in a shell"),
            Map.entry("scripts/spark-shell", "needs the packaged jar; ReadmeIT compiles and runs what is typed there"),
            Map.entry(
                    "scripts/notebook",
                    "NotebooksIT runs the cells; scripts/check-notebooks runs Jupyter, if it is installed"),
            Map.entry("scripts/check-notebooks", "needs Jupyter; .ci/run starts it if Jupyter is installed"),
            Map.entry("scripts/check-report", "needs Chromium"),
            Map.entry("scripts/check-page", "needs Chromium; PageIT runs the same where there is one"),
            Map.entry(
                    "scripts/local-cluster",
                    "takes minutes; PackagedJarIT and ScoreKillIT use executors of a local cluster"),
            Map.entry("scripts/spark-home", "takes 300 MB of disk; deployment.md tells what was run on its Spark"),
            Map.entry("scripts/benchmark", "takes minutes to hours; the figures are in benchmarks.md"),
            Map.entry("scripts/benchmark-executors", "as scripts/benchmark"),
            Map.entry("scripts/benchmark-live", "as scripts/benchmark"),
            Map.entry("scripts/load-serve", "takes minutes; ServiceLoadIT is its short form"),
            Map.entry("scripts/check-clash", "fetches libraries and starts eight Sparks"),
            Map.entry("scripts/check-gpu", "needs an NVIDIA GPU"),
            Map.entry("scripts/benchmark-scoring", "as scripts/benchmark"),
            Map.entry("scripts/benchmark-training", "as scripts/benchmark"),
            Map.entry("scripts/robustness", "needs recordings of noise and rooms"),
            Map.entry("scripts/soak", "takes hours"),
            Map.entry("curl", "ServiceTest sends the same requests"),
            Map.entry("ffmpeg", "feeds commands that read the standard input, as InferJobTest does"),
            Map.entry("jq", "reads the JSON lines of the command before it"),
            Map.entry("python", "belongs to other software"),
            Map.entry("pip", "belongs to other software"),
            Map.entry("tensorboard", "belongs to other software; TensorBoardWriterTest reads the files"));

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```");
    private static final Pattern INDENTED = Pattern.compile("(?m)^ {4}(\\S.*)$");
    private static final Pattern INLINE = Pattern.compile("<\\(scripts/emotion ([a-z-]+)");
    private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|[^\\s'\"])+");
    private static final Pattern PROGRAM = Pattern.compile("[a-z][a-z-]*(?:/[a-z][a-z-]*)?");

    /** The beginnings of lines that are commands and not output. */
    private static final Set<String> FIRST = Set.of(
            "mvn",
            "spark-submit",
            "spark-shell",
            "curl",
            "ffmpeg",
            "python",
            "pip",
            "tensorboard",
            "docker",
            "kubectl",
            "emotion");

    @Test
    void documentedCommandsParse() throws IOException {
        List<String> wrong = new ArrayList<>();
        Set<String> documented = new TreeSet<>();
        for (Path document : documents()) {
            INLINE.matcher(Files.readString(document)).results().forEach(found -> documented.add(found.group(1)));
            for (String line : lines(Files.readString(document))) {
                for (String part : line.replaceAll("\\s#\\s.*", "").split(" \\| ", -1)) {
                    check(part.strip(), documented).ifPresent(why -> wrong.add(document + ": " + line + "\n  " + why));
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(documented)
                .as("every command is in a document")
                .containsAll(Plugins.all(Job.class).stream().map(Job::name).toList());
    }

    private static Optional<String> check(String part, Set<String> documented) {
        List<String> words = words(part);
        while (!words.isEmpty() && words.get(0).matches("[A-Z_]+=.*")) {
            words = words.subList(1, words.size());
        }
        if (words.isEmpty()) {
            return Optional.empty();
        }
        String program = words.get(0);
        List<String> command = words.subList(1, words.size());
        if (program.equals("spark-submit")) {
            int jar = 0;
            while (jar < words.size() && !words.get(jar).endsWith(".jar")) {
                jar++;
            }
            command = words.subList(Math.min(jar + 1, words.size()), words.size());
        } else if (!program.equals("scripts/emotion") && !program.equals("emotion")) {
            return program.startsWith("scripts/") && !Files.isExecutable(Path.of(program))
                    ? Optional.of("there is no " + program)
                    : OTHERS.containsKey(program) || !isCommand(program)
                            ? Optional.empty()
                            : Optional.of(program + " is not accounted for in DocumentedCommandsTest");
        }
        return command.isEmpty() ? Optional.empty() : parse(command, documented);
    }

    private static boolean isCommand(String program) {
        return program.startsWith("scripts/") || FIRST.contains(program);
    }

    private static Optional<String> parse(List<String> command, Set<String> documented) {
        String name = command.get(0);
        if (name.equals("help") || name.startsWith("-") || name.equals("COMMAND")) {
            return Optional.empty();
        }
        List<Job> jobs = Plugins.all(Job.class).stream()
                .filter(job -> job.name().equals(name))
                .toList();
        if (jobs.isEmpty()) {
            return Optional.of("there is no command " + name);
        }
        documented.add(name);
        // Options of Spark, which the script takes, and an ellipsis or a variable for the settings of an earlier
        // command.
        String[] words = command.subList(1, command.size()).stream()
                .filter(word -> !word.equals("…") && !word.startsWith("spark.") && !word.startsWith("$"))
                .toArray(String[]::new);
        try {
            jobs.get(0).parse(words);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")), docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    /** Returns the lines of blocks, with continued lines joined, that begin with the name of a program. */
    private static List<String> lines(String document) {
        String joined = document.replaceAll("\\\\\\n\\s*", "");
        List<String> lines = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(joined);
        while (blocks.find()) {
            lines.addAll(blocks.group(1).lines().toList());
        }
        Matcher indented = INDENTED.matcher(joined.replaceAll("(?ms)^```.*?^```", ""));
        while (indented.find()) {
            lines.add(indented.group(1));
        }
        return lines.stream()
                .map(String::strip)
                .filter(line -> PROGRAM.matcher(line.split("\\s", 2)[0]).matches() || line.matches("[A-Z_]+=.*"))
                .toList();
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group().replaceAll("['\"]", ""));
        }
        return words;
    }
}
