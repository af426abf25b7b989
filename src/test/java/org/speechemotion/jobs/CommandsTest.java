package org.speechemotion.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.speechemotion.plugin.Plugins;
import org.speechemotion.settings.Settings;

/** Compares the registry of commands with the files that are derived from it. */
class CommandsTest {
    private static final List<String> SECTIONS = List.of("stream", "sounds", "demo", "score");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private static Stream<Job> jobs() {
        return Plugins.all(Job.class).stream();
    }

    /** {@code scripts/emotion} reads this file, because it must know the commands before anything is built. */
    @Test
    void theScriptsListIsThatOfTheRegistry() throws IOException {
        assertThat(execute("--commands")).isZero();
        assertThat(Path.of("scripts/commands"))
                .as("scripts/emotion --commands > scripts/commands")
                .hasContent(out());
    }

    @Test
    void theReadmeListsEveryCommand() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        assertThat(jobs())
                .allSatisfy(job -> assertThat(readme).contains("    %-14s  %s\n".formatted(job.name(), job.purpose())));
    }

    @Test
    void everyClassOfAJobIsRegistered() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("jobs/java/org/speechemotion/jobs"))) {
            List<String> classes = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Job.java") && !name.equals("Job.java"))
                    .map(name -> name.replace(".java", ""))
                    .toList();
            assertThat(jobs().map(job -> job.getClass().getSimpleName())).containsExactlyInAnyOrderElementsOf(classes);
        }
    }

    @Test
    void withoutACommandTheUsageListsAllCommands() {
        for (String[] words : List.of(new String[0], new String[] {"--help"}, new String[] {"help"})) {
            out.reset();
            assertThat(execute(words)).isZero();
            assertThat(jobs()).allSatisfy(job -> assertThat(out()).contains(job.name(), job.purpose()));
        }
    }

    @Test
    void anUnknownCommandIsAnErrorThatNamesTheNearest() {
        assertThat(execute("trian", "x=y")).isEqualTo(Job.WRONG_INPUT);
        assertThat(err())
                .startsWith("emotion: unknown command trian; did you mean train? The commands are augment, ")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void helpDescribesTheCommandAndItsKeys(Job job) {
        assertThat(execute(job.name(), "--help", "all")).isZero();
        assertThat(out())
                .startsWith("emotion " + job.name() + ": " + job.purpose() + ".\n\nUsage: emotion " + job.name() + " ")
                .contains(job.operandNames());
        assertThat(job.keys()).allSatisfy(key -> assertThat(out()).containsPattern("(?m)^" + key + "[. ]"));
        assertThat(out().contains("--master")).isEqualTo(job.launcher() == Job.Launcher.SPARK);
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void theShortHelpShowsTheMainKeys(Job job) {
        assertThat(execute("help", job.name())).isZero();
        String help = out();
        out.reset();
        assertThat(execute(job.name(), "--help")).isZero();
        assertThat(out()).isEqualTo(help);

        List<String> shown = job.usage().shown();
        assertThat(shown).hasSizeLessThanOrEqualTo(Usage.MAX_FIRST).doesNotHaveDuplicates();
        assertThat(job.leaves())
                .containsAll(shown)
                .containsAll(job.usage().meanings().keySet());
        assertThat(shown).allSatisfy(key -> assertThat(help).containsPattern("(?m)^  " + key + "="));
        assertThat(job.usage().required())
                .allSatisfy(key -> assertThat(help).containsPattern("(?m)^  " + key + "=… +\\(required\\) "));
        if (shown.isEmpty()) {
            assertThat(job.leaves())
                    .as("a command with many keys has a selection")
                    .hasSizeLessThanOrEqualTo(Usage.MAX_FIRST);
        }
        assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    }

    @Test
    void helpOnASectionShowsOnlyItsKeys() {
        assertThat(execute("train", "--help", "training.loss")).isZero();
        assertThat(out()).startsWith("training.loss.").doesNotContain("split.");
        assertThat(execute("train", "--help", "score")).isEqualTo(Job.WRONG_INPUT);
        assertThat(err()).startsWith("emotion train: --help score: train reads no such key or section; allowed: all, ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "infer --model runs/first | emotion infer: unknown option --model; a setting has the form key=value:"
                        + " model=runs/first",
                "train --epochs=3 | emotion train: unknown option --epochs; a setting has the form key=value:"
                        + " training.epochs=3",
                "train --resume | emotion train: unknown option --resume; a setting has the form key=value:"
                        + " run.resume=…",
                "train --xyzzy | emotion train: unknown option --xyzzy",
                "train epochs=3 | emotion train: argument epochs=3: unknown key epochs; the nearest known key is"
                        + " training.epochs",
                "train training.epochs=zero | emotion train: argument: training.epochs is \"zero\"; allowed: a whole"
                        + " number, at least 1",
                "train split.test=ravdess:06,ravdess:07 | emotion train: argument: split.test is"
                        + " \"ravdess:06,ravdess:07\"; allowed: a list, such as [a, b]"
            })
    void wrongOptionsSuggestTheRightOnes(String words, String message) {
        assertThat(execute(words.split(" ", -1))).isEqualTo(Job.WRONG_INPUT);
        assertThat(err()).isEqualTo(message + "\n");
    }

    /** A name that promises a format must have it. */
    @ParameterizedTest
    @CsvSource({
        "catalog, x.csv",
        "catalog, x.xlsx",
        "evaluate, x.csv",
        "robustness, x.png",
        "augment, x.wav",
        "split-sounds, x.txt"
    })
    void unsupportedExtensionsAreRejected(String command, String output) {
        assertThat(execute(command, "output=/tmp/" + output)).isEqualTo(Job.WRONG_INPUT);
        assertThat(err()).contains("output");
        Job.requireExtension("runs.v1/metrics.json", ".json", "");
        Job.requireExtension("runs.d/catalog", ".parquet", "");
        Job.requireExtension("scores.2026", ".parquet", "");
    }

    @Test
    void theVersionNamesTheBuildAndItsSpark() {
        assertThat(execute("--version")).isZero();
        assertThat(out()).matches("speech-emotion-spark .+ \\(.+\\), Spark 3\\.5\\..+, Java 17.+\n");
    }

    /** A key that is ignored in silence is a result in the wrong place, or a run with other settings than its user believes. */
    @ParameterizedTest
    @MethodSource("jobs")
    void aKeyThatTheCommandDoesNotReadIsAnError(Job job) {
        String unread = Settings.load(List.of(), List.of()).values(SECTIONS).keySet().stream()
                .filter(key -> job.keys().stream().noneMatch(read -> key.equals(read) || key.startsWith(read + ".")))
                .findFirst()
                .orElseThrow();
        assertThat(execute(job.name(), unread + "=1")).isEqualTo(Job.WRONG_INPUT);
        assertThat(err())
                .isEqualTo("emotion " + job.name() + ": argument " + unread + "=1: " + job.name() + " does not read "
                        + unread + "; its keys are listed by emotion " + job.name() + " --help\n");
    }

    private int execute(String... words) {
        return Main.execute(words, stream(out), stream(err));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
