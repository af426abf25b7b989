package org.speechemotion.jobs;

import java.io.FileNotFoundException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.speechemotion.common.FailureMessage;
import org.speechemotion.model.BundleException;
import org.speechemotion.plugin.Plugin;
import org.speechemotion.settings.KeyHelp;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command: its name, its help, its settings and its exit codes. {@link Main} finds the commands as services. */
public abstract class Job implements Plugin {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_INPUT = 2;

    /** A number, as in {@code run.2026}, is not an extension. */
    private static final Pattern EXTENSION = Pattern.compile("(?<=.)\\.(?=[a-zA-Z])[a-zA-Z0-9]{2,7}$");

    /** The way in which {@code scripts/emotion} starts a command. */
    enum Launcher {
        /** Started by spark-submit. */
        SPARK,
        /** Started by java alone, without a Spark session. */
        JAVA,
        /** Started by java alone with the quick compiler only, for commands that last some seconds. */
        QUICK_JAVA;

        String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Option(
            names = "--conf",
            paramLabel = "FILE",
            description = "reads settings in HOCON; of several files, later ones override earlier ones")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--master", paramLabel = "URL", description = "sets Spark's master; the default is local[*]")
    private String master;

    @Option(names = "--quiet", description = "prints results and errors, but no progress")
    private boolean quiet;

    @Option(names = "--verbose", description = "logs the work of the libraries, and the stack trace of an error")
    private boolean verbose;

    @Option(names = "--debug", description = "prints the stack trace of an error")
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            arity = "0..1",
            paramLabel = "all|KEY",
            fallbackValue = "",
            description = "describes the command; all its settings; or those of a section, or one")
    private String help;

    @Parameters
    private List<String> arguments = new ArrayList<>();

    private final List<String> operands = new ArrayList<>();
    private PrintStream console = System.out;

    /** Returns a short line that completes "this command …", without a full stop. */
    abstract String purpose();

    /** Returns the keys and sections of {@code reference.conf} that the command reads. */
    abstract Collection<String> keys();

    /** Returns the keys that the short help shows. */
    Usage usage() {
        return Usage.ALL;
    }

    /** Returns the keys that the command reads, without sections. */
    final List<String> leaves() {
        return KeyHelp.keys(keys());
    }

    /** Returns the way in which the command is started. */
    Launcher launcher() {
        return Launcher.SPARK;
    }

    /** Returns the operands as the usage line shows them, such as {@code FILE…}; "" if the command takes settings only. */
    String operandNames() {
        return "";
    }

    /** Returns the short forms of keys that the command line allows, such as {@code split} for {@code evaluate.side}. */
    Map<String, String> abbreviations() {
        return Map.of();
    }

    /**
     * Does the work.
     *
     * @return an exit code
     */
    abstract int run(Settings settings) throws Exception;

    /** Returns the arguments that are not settings. */
    final List<String> operands() {
        return Collections.unmodifiableList(operands);
    }

    /** Prints a line of the result on the standard output. */
    final void say(Object line) {
        console.println(line);
    }

    /** Prints a line about the progress on the standard output, unless the user wants none. */
    final void progress(Object line) {
        if (!quiet) {
            console.println(line);
        }
    }

    /**
     * Requires that the name of an output has one of some extensions, because no other format is written.
     *
     * @param extensions such as {@code .json}; "" allows a name without an extension
     * @throws SettingsException if it has another one
     */
    static void requireExtension(String output, String... extensions) {
        String name = output.substring(output.lastIndexOf('/') + 1);
        Matcher found = EXTENSION.matcher(name);
        String extension = found.find() ? found.group().toLowerCase(Locale.ROOT) : "";
        if (!List.of(extensions).contains(extension)) {
            throw new SettingsException("output is " + output + "; allowed: "
                    + Stream.of(extensions)
                            .map(allowed -> allowed.isEmpty()
                                    ? "a name without an extension"
                                    : "a name that ends in " + allowed)
                            .collect(Collectors.joining(", ")));
        }
    }

    /** Sets the advice to the user if the command is interrupted. */
    final void onInterruption(String advice) {
        Interruption.describe(name(), advice);
    }

    /**
     * Runs the command.
     *
     * @return an exit code: 0 for success, 2 for wrong usage, configuration or input, 1 for any other failure
     */
    final int execute(String[] words, PrintStream out, PrintStream err) {
        return execute(words, out, err, key -> {});
    }

    /**
     * Runs the command.
     *
     * @param observer the consumer of the keys of the settings that are read
     * @return an exit code, as above
     */
    final int execute(String[] words, PrintStream out, PrintStream err, Consumer<String> observer) {
        console = out;
        try {
            Settings settings = parse(words);
            if (help != null) {
                out.print(new CommandHelp(this).text(help));
                return DONE;
            }
            if (master != null) {
                System.setProperty("spark.master", master);
            }
            onInterruption("");
            return run(settings.observedBy(observer));
        } catch (UnmatchedArgumentException e) {
            return complain(
                    new SettingsException(WrongOption.message(e.getUnmatched(), words, leaves()), e), WRONG_INPUT, err);
        } catch (ParameterException | SettingsException | BundleException | IllegalArgumentException e) {
            return complain(e, WRONG_INPUT, err);
        } catch (FileNotFoundException | NoSuchFileException | FileAlreadyExistsException | AnalysisException e) {
            return complain(e, WRONG_INPUT, err);
        } catch (Exception | Error e) {
            return complain(e, FAILED, err);
        }
    }

    /** Reads the words of a command line and the files of settings that they name. */
    final Settings parse(String... words) {
        new CommandLine(this).parseArgs(words);
        if (help != null) {
            return Settings.ofTexts();
        }
        List<String> assignments = assignments();
        Settings settings = Settings.load(files, assignments);
        assignments.forEach(this::requireRead);
        return settings;
    }

    private List<String> assignments() {
        List<String> assignments = new ArrayList<>();
        for (String argument : arguments) {
            if (operandNames().isEmpty() || argument.matches("[a-z][a-z0-9.-]*=.*")) {
                String key = argument.replaceFirst("=.*", "");
                assignments.add(abbreviations().getOrDefault(key, key) + argument.substring(key.length()));
            } else {
                operands.add(argument);
            }
        }
        return assignments;
    }

    /** Rejects a key that the command would silently ignore. A file may have it, since several commands share files. */
    private void requireRead(String assignment) {
        String key = assignment.replaceFirst("=.*", "").strip();
        if (keys().stream().noneMatch(declared -> key.equals(declared) || key.startsWith(declared + "."))) {
            throw new SettingsException("argument " + assignment + ": " + name() + " does not read " + key
                    + "; its keys are listed by emotion " + name() + " --help");
        }
    }

    private int complain(Throwable e, int code, PrintStream err) {
        if (Interruption.isUnderWay()) {
            return code; // Spark was stopped under the command.
        }
        err.println("emotion " + name() + ": " + (code == FAILED ? "failed: " : "") + FailureMessage.of(e));
        if (debug || verbose) {
            e.printStackTrace(err);
        }
        return code;
    }
}
