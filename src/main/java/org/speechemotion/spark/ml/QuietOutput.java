package org.speechemotion.spark.ml;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Suppresses the lines that ND4J and DL4J print on the standard output of this JVM, which in a shell or a notebook belongs to the user, and
 * their log below level ERROR. All other output passes. Several may be open at the same time.
 */
final class QuietOutput implements AutoCloseable {
    private static final List<String> LOGGERS = List.of("org.nd4j", "org.deeplearning4j");

    private final PrintStream before = System.out;
    private final PrintStream filtered = new PrintStream(new Filter(before), true, Charset.defaultCharset());

    QuietOutput() {
        System.setOut(filtered);
        for (String name : LOGGERS) {
            // A level that the user has chosen for them stays.
            if (LogManager.getLogger(name)
                    .getLevel()
                    .equals(LogManager.getRootLogger().getLevel())) {
                Configurator.setLevel(name, Level.ERROR);
            }
        }
    }

    /** Restores the output, unless another thread has replaced it meanwhile. */
    @Override
    public void close() {
        if (System.out == filtered) {
            System.setOut(before);
        }
    }

    private static final class Filter extends FilterOutputStream {
        private static final StackWalker STACK = StackWalker.getInstance();

        /** The classes between a print stream and its bytes. */
        private static final Pattern OF_JAVA = Pattern.compile("(?:java|sun|jdk)\\.");

        Filter(PrintStream target) {
            super(target);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (!isOfLibrary()) {
                out.write(bytes, offset, length);
            }
        }

        /** Returns whether the caller of the print stream is one of the libraries. */
        private static boolean isOfLibrary() {
            return STACK.walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                    .filter(name -> !OF_JAVA.matcher(name).lookingAt() && !name.startsWith(QuietOutput.class.getName()))
                    .findFirst()
                    .filter(name -> name.startsWith("org.nd4j.") || name.startsWith("org.deeplearning4j."))
                    .isPresent());
        }
    }
}
