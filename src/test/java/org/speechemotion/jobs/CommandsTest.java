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
import org.junit.jupiter.params.provider.MethodSource;
import org.speechemotion.plugin.Plugins;
import org.speechemotion.settings.Settings;

/** The registry of commands against all that is derived from it. */
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
    void withoutACommandTheUsageListsThem() {
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
                .startsWith("emotion: unknown command trian; allowed: train, ")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void helpDescribesTheCommandAndItsKeys(Job job) {
        assertThat(execute(job.name(), "--help")).isZero();
        assertThat(out())
                .startsWith("emotion " + job.name() + ": " + job.purpose() + ".\n\nUsage: emotion " + job.name() + " ")
                .contains(job.operandNames());
        assertThat(job.keys()).allSatisfy(key -> assertThat(out()).containsPattern("(?m)^" + key + "[. ]"));
        assertThat(out().contains("--master")).isEqualTo(job.launcher() == Job.Launcher.SPARK);
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
