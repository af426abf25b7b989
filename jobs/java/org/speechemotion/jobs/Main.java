package org.speechemotion.jobs;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.speechemotion.common.NearestName;
import org.speechemotion.math.ShapeCache;
import org.speechemotion.plugin.Plugins;
import org.speechemotion.spark.bindings.BuildVersion;

/** The entry point: {@code emotion COMMAND …}. The commands are the services of type {@link Job}. */
public final class Main {
    /** Prints the content of {@code scripts/commands}. */
    private static final String LIST = "--commands";

    private Main() {}

    public static void main(String[] arguments) {
        PrintStream console = System.out;
        // ND4J prints to the standard output, which is reserved for the results of the command.
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        Interruption.watch(System.err);
        ShapeCache.install();
        int exit = execute(arguments, console, System.err);
        if (!Interruption.isUnderWay()) {
            Interruption.none();
        }
        System.exit(exit);
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
        String[] rest = words.length == 0 ? words : Arrays.copyOfRange(words, 1, words.length);
        if (command.equals("help") && rest.length > 0) {
            command = rest[0];
            rest = rest.length > 1 ? new String[] {"--help", rest[1]} : new String[] {"--help"};
        }
        if (List.of("--help", "-h", "help").contains(command)) {
            out.print(usage(jobs));
            return Job.DONE;
        }
        if (List.of("--version", "-V").contains(command)) {
            out.println(version());
            return Job.DONE;
        }
        if (command.equals(LIST)) {
            out.print(commands(jobs));
            return Job.DONE;
        }
        List<String> names = jobs.stream().map(Job::name).toList();
        if (!names.contains(command)) {
            err.println("emotion: unknown command " + command
                    + NearestName.find(command, names)
                            .map(name -> "; did you mean " + name + "?")
                            .orElse("")
                    + " The commands are " + String.join(", ", names) + ".");
            return Job.WRONG_INPUT;
        }
        return jobs.get(names.indexOf(command)).execute(rest, out, err);
    }

    private static String usage(List<Job> jobs) {
        return jobs.stream()
                .map(job -> "  %-14s  %s\n".formatted(job.name(), job.purpose()))
                .collect(
                        Collectors.joining(
                                "",
                                "Usage: emotion COMMAND [OPTION]… [key=value]…\n\n",
                                """

                        emotion help COMMAND describes a command and its settings.
                        """));
    }

    private static String version() {
        return "speech-emotion-spark " + BuildVersion.text() + ", Spark "
                + org.apache.spark.package$.MODULE$.SPARK_VERSION() + ", Java " + Runtime.version();
    }

    /** Returns a line for each command: its name, its launcher, its purpose. */
    static String commands(List<Job> jobs) {
        return jobs.stream()
                .map(job -> "%-14s  %-10s  %s\n"
                        .formatted(job.name(), job.launcher().id(), job.purpose()))
                .collect(Collectors.joining());
    }
}
