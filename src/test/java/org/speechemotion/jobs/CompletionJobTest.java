package org.speechemotion.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The completion for bash, in bash itself. */
class CompletionJobTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | emotion tr | train",
                "1 | emotion he | help",
                "2 | emotion train training.ep | training.epochs=",
                "2 | emotion infer --js | --json",
                "2 | emotion infer training.ep | ''",
                "2 | emotion evaluate spl | split= split.allow-similar-speakers=",
                "2 | emotion help scor | score"
            })
    void bashCompletes(int word, String line, String completions) throws Exception {
        Path script = folder.resolve("completion.bash");
        Files.writeString(script, completion("bash"));
        String program = "compopt() { :; }; source " + script + "; COMP_WORDS=(" + line + "); COMP_CWORD=" + word
                + "; _emotion; echo \"${COMPREPLY[*]}\"";
        assertThat(bash(program)).isEqualTo(completions + "\n");
    }

    @Test
    void anotherShellIsAnError() {
        assertThat(new CompletionJob().execute(new String[] {"fish"}, stream(), stream()))
                .isEqualTo(Job.WRONG_INPUT);
        assertThat(completion("zsh")).startsWith("#compdef emotion\n").contains("training.epochs=");
    }

    private static PrintStream stream() {
        return new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    }

    private static String completion(String shell) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(new CompletionJob().execute(new String[] {shell}, print, print))
                .isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private String bash(String program) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Process process = new ProcessBuilder("bash", "--norc", "-c", program)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return Files.readString(out);
    }
}
