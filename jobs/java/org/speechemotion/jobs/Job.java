package org.speechemotion.jobs;

import java.io.FileNotFoundException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.speechemotion.common.FailureMessage;
import org.speechemotion.model.BundleException;
import org.speechemotion.settings.KeyHelp;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** What every command has in common: its options, its help, its exit codes. */
abstract class Job {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_INPUT = 2;

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

    private PrintStream console = System.out;

    /** The command's name and what it does, in one sentence each. */
    abstract String name();

    abstract String purpose();

    /** The keys and sections of reference.conf that the command reads. */
    abstract Collection<String> keys();

    /**
     * Does the work.
     *
     * @return an exit code
     */
    abstract int run(Settings settings) throws Exception;

    /** Turns what a user may abbreviate into a key=value argument; files of the command's own are taken out here. */
    List<String> assignments(List<String> arguments) {
        return arguments;
    }

    static void main(Job job, String[] arguments) {
        PrintStream console = System.out;
        // ND4J prints to the standard output from deep inside; the user's standard output is for what was asked.
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        System.exit(job.execute(arguments, console, System.err));
    }

    /** Tells the user. */
    final void say(Object line) {
        console.println(line);
    }

    /**
     * Runs the command.
     *
     * @return 0 done; 2 wrong usage, configuration or input; 1 a failure
     */
    final int execute(String[] words, PrintStream out, PrintStream err) {
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
            return run(Settings.load(files, assignments(arguments)));
        } catch (ParameterException | SettingsException | BundleException | IllegalArgumentException e) {
            return complain(e, WRONG_INPUT, err);
        } catch (FileNotFoundException | NoSuchFileException | FileAlreadyExistsException | AnalysisException e) {
            return complain(e, WRONG_INPUT, err);
        } catch (Exception | Error e) {
            return complain(e, FAILED, err);
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
        return """
                emotion %s: %s

                Usage: emotion %s [--conf FILE]… [--master URL] [--debug] [key=value]…

                  --conf FILE   settings in HOCON; of several files, the later wins
                  --master URL  Spark's master; local[*] where none is given
                  --debug       stack traces
                  key=value     a setting; wins over files. spark.* keys go to spark-submit

                Keys that it reads, with their defaults:

                %s"""
                .formatted(name(), purpose(), name(), KeyHelp.describe(keys()));
    }
}
