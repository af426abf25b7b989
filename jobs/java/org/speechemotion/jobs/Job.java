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
import java.util.stream.Collectors;
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

/** A command: its name, its help, its settings and its exit codes. {@link Main} finds the commands as services. */
public abstract class Job implements Plugin {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_INPUT = 2;

    /** The way in which {@code scripts/emotion} starts a command. */
    enum Launcher {
        /** By spark-submit. */
        SPARK,
        /** By java alone, without a Spark session. */
        JAVA,
        /** By java alone with the quick compiler only, for commands that last some seconds. */
        QUICK_JAVA;

        String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Option(names = "--conf", paramLabel = "FILE")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--master", paramLabel = "URL")
    private String master;

    @Option(names = "--debug")
    private boolean debug;

    @Option(names = {"-h", "--help"})
    private boolean help;

    @Parameters
    private List<String> arguments = new ArrayList<>();

    private final List<String> operands = new ArrayList<>();
    private PrintStream console = System.out;

    /** Returns a short line that completes "this command …", without a full stop. */
    abstract String purpose();

    /** Returns the keys and sections of {@code reference.conf} that the command reads. */
    abstract Collection<String> keys();

    /** Returns how the command is started. */
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

    /** Prints a line on the standard output. */
    final void say(Object line) {
        console.println(line);
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
     * @param observer accepts the keys of the settings that are read
     * @return an exit code, as above
     */
    final int execute(String[] words, PrintStream out, PrintStream err, Consumer<String> observer) {
        console = out;
        try {
            new CommandLine(this).parseArgs(words);
            if (help) {
                out.print(usage());
                return DONE;
            }
            if (master != null) {
                System.setProperty("spark.master", master);
            }
            List<String> assignments = assignments();
            Settings settings = Settings.load(files, assignments);
            assignments.forEach(this::requireRead);
            return run(settings.observedBy(observer));
        } catch (ParameterException | SettingsException | BundleException | IllegalArgumentException e) {
            return complain(e, WRONG_INPUT, err);
        } catch (FileNotFoundException | NoSuchFileException | FileAlreadyExistsException | AnalysisException e) {
            return complain(e, WRONG_INPUT, err);
        } catch (Exception | Error e) {
            return complain(e, FAILED, err);
        }
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
        err.println("emotion " + name() + ": " + (code == FAILED ? "failed: " : "") + FailureMessage.of(e));
        if (debug) {
            e.printStackTrace(err);
        }
        return code;
    }

    private String usage() {
        boolean spark = launcher() == Launcher.SPARK;
        String words = (spark ? "[--conf FILE]… [--master URL]" : "[--conf FILE]…") + " [--debug] [key=value]… "
                + operandNames();
        return "emotion " + name() + ": " + purpose() + ".\n\nUsage: emotion " + name() + " " + words.strip() + "\n\n"
                + "  --conf FILE   reads settings in HOCON; of several files, later ones override earlier ones\n"
                + (spark ? "  --master URL  sets Spark's master; the default is local[*]\n" : "")
                + "  --debug       prints the stack trace of an error\n"
                + "  key=value     sets a key and overrides the files"
                + (spark ? "; keys that start with spark. go to spark-submit" : "")
                + abbreviations().entrySet().stream()
                        .map(entry -> "\n  %-12s  sets %s".formatted(entry.getKey() + "=…", entry.getValue()))
                        .collect(Collectors.joining())
                + "\n\nThe command reads these keys, shown with their defaults:\n\n" + KeyHelp.describe(keys());
    }
}
