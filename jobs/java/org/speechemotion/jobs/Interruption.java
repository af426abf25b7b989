package org.speechemotion.jobs;

import java.io.PrintStream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Ends a command that is interrupted by Ctrl-C or a signal with one line. Spark stops at the same time, and its
 * messages about that and those of the command's own threads are dropped.
 */
final class Interruption {
    private static volatile String line = "";

    private Interruption() {}

    /** Prints the line when the JVM is ended from outside. */
    static void watch(PrintStream err) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            String last = line;
            if (!last.isEmpty()) {
                Configurator.setAllLevels("", Level.OFF);
                err.println(last);
            }
        }));
    }

    /**
     * Says which command runs.
     *
     * @param advice the next step for the user; "" for none
     */
    static void describe(String command, String advice) {
        line = "emotion " + command + ": interrupted" + (advice.isEmpty() ? "" : "; " + advice);
    }

    /** Ends the command's work, after which there is nothing to interrupt. */
    static void none() {
        line = "";
    }

    /** Returns whether the JVM is being ended from outside. */
    static boolean isUnderWay() {
        if (line.isEmpty()) {
            return false;
        }
        try {
            Thread probe = new Thread(() -> {});
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException shuttingDown) {
            return true;
        }
    }
}
