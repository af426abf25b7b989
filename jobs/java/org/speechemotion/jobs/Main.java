package org.speechemotion.jobs;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.speechemotion.common.NearestName;
import org.speechemotion.plugin.Plugins;

/** The entry point: {@code emotion COMMAND …}. The commands are the services of type {@link Job}. */
public final class Main {
    /** Prints what {@code scripts/commands} holds. */
    private static final String LIST = "--commands";

    private Main() {}

    public static void main(String[] arguments) {
        PrintStream console = System.out;
        // ND4J prints to the standard output, which is reserved for the results of the command.
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        System.exit(execute(arguments, console, System.err));
    }

    /**
     * Runs a command.
     *
     * @param words the name of the command and its arguments
     * @return the exit code, as of {@link Job#execute}
     */
    static int execute(String[] words, PrintStream out, PrintStream err) {
        List<Job> jobs = Plugins.all(Job.class);
        String command = words.length == 0 ? "--help" : words[0];
        if (List.of("--help", "-h", "help").contains(command)) {
            out.print(usage(jobs));
            return Job.DONE;
        }
        if (command.equals(LIST)) {
            out.print(commands(jobs));
            return Job.DONE;
        }
        List<String> names = jobs.stream().map(Job::name).toList();
        if (!names.contains(command)) {
            err.println("emotion: unknown command " + command + "; allowed: "
                    + String.join(", ", NearestName.rank(command, names)));
            return Job.WRONG_INPUT;
        }
        return jobs.get(names.indexOf(command)).execute(Arrays.copyOfRange(words, 1, words.length), out, err);
    }

    private static String usage(List<Job> jobs) {
        return jobs.stream()
                .map(job -> "  %-14s  %s\n".formatted(job.name(), job.purpose()))
                .collect(
                        Collectors.joining(
                                "",
                                "Usage: emotion COMMAND [OPTION]… [key=value]…\n\n",
                                """

                        emotion COMMAND --help describes a command and its settings.
                        """));
    }

    /** Returns a line for each command: its name, its launcher, its purpose. */
    static String commands(List<Job> jobs) {
        return jobs.stream()
                .map(job -> "%-14s  %-10s  %s\n"
                        .formatted(job.name(), job.launcher().id(), job.purpose()))
                .collect(Collectors.joining());
    }
}
