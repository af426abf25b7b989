package org.speechemotion.notebook.kernel;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import scala.collection.JavaConverters;
import scala.tools.nsc.Settings;
import scala.tools.nsc.interpreter.Completion;
import scala.tools.nsc.interpreter.IMain;
import scala.tools.nsc.interpreter.PresentationCompilerCompleter;
import scala.tools.nsc.interpreter.Results;

/**
 * Runs cells of Scala 2.12, one after another, in one interpreter. As in Almond, {@code Html(source).display()} shows HTML, and
 * {@code import $cp.`library.jar`} adds a library. It is not thread-safe.
 */
public final class ScalaCells implements AutoCloseable {
    /** The jar that the interpreter itself comes from. */
    private static final String OWN_JAR = "speech-emotion-spark.jar";

    private static final Pattern DEPENDENCY = Pattern.compile("(?m)^import \\$(cp|ivy)\\.`([^`]+)`[^\\n]*$");
    private static final Pattern POSITION = Pattern.compile("<console>:\\d+: ([^\\n]*)\\n([^\\n]*)\\n");

    private final StringWriter messages = new StringWriter();
    private final IMain interpreter;
    private final PresentationCompilerCompleter completer;
    private final OutputStream output;
    private final Path folder;

    /**
     * Starts an interpreter.
     *
     * @param classPath the class path in the form of {@code java -cp}
     * @param classes a folder for the classes of the cells, which Spark sends to executors if its setting
     *     {@code spark.repl.class.outputDir} names this folder
     * @param folder the folder that relative paths of {@code import $cp} begin in
     * @param output the consumer of the output of cells
     * @param html the consumer of the HTML that cells show
     */
    public ScalaCells(String classPath, Path classes, Path folder, OutputStream output, Consumer<String> html) {
        this.folder = folder;
        this.output = output;
        Settings settings = new Settings();
        List<String> options =
                List.of("-classpath", classPath, "-Yrepl-class-based", "-Yrepl-outdir", classes.toString());
        settings.processArguments(JavaConverters.asScalaBuffer(options).toList(), true);
        interpreter = new IMain(settings, new PrintWriter(messages, true));
        interpreter.initializeSynchronous();
        completer = new PresentationCompilerCompleter(interpreter);
        scala.collection.immutable.List<String> modifiers =
                JavaConverters.asScalaBuffer(List.<String>of()).toList();
        interpreter.bind("showHtml", Consumer.class.getName() + "[String]", html, modifiers);
        interpreter.interpret("case class Html(source: String) { def display(): Unit = showHtml.accept(source) }");
        messages.getBuffer().setLength(0);
    }

    /**
     * Runs a cell.
     *
     * @return the names, types and values that the cell has defined
     * @throws CellException if the cell does not compile or fails
     * @throws IOException if it asks for a library that cannot be had
     */
    public String run(String cell) throws IOException {
        String code = resolveDependencies(cell);
        messages.getBuffer().setLength(0);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(interpreter.classLoader());
        Results.Result result;
        try {
            result = scala.Console$.MODULE$.withOut(output, () -> interpreter.interpret(code));
        } finally {
            thread.setContextClassLoader(before);
        }
        String text = messages.toString().strip();
        if (result == Results.Success$.MODULE$) {
            return text;
        }
        if (result == Results.Incomplete$.MODULE$) {
            throw new CellException("the cell ends before its code does: a bracket or a quote is not closed");
        }
        // The interpreter tells nothing of an interruption, or the exception by which a waiting thread has noticed it.
        boolean interrupted = text.isEmpty() || text.startsWith("java.lang.InterruptedException");
        throw new CellException(interrupted ? "the cell was interrupted" : withLines(text, cell));
    }

    /** Says if code is whole, as the console of Jupyter asks before it runs a line. */
    public boolean isComplete(String code) {
        try {
            return interpreter.parse().apply(code).getClass().getSimpleName().startsWith("Success");
        } catch (RuntimeException e) {
            return true;
        }
    }

    /** Returns the completions of the word that ends at a position, and the position at which it begins. */
    public Completion.Candidates complete(String code, int position) {
        return completer.complete(code, position);
    }

    @Override
    public void close() {
        interpreter.close();
    }

    /** Almond's lines for libraries become comments, so that the numbers of lines stay. */
    private String resolveDependencies(String cell) throws IOException {
        Matcher line = DEPENDENCY.matcher(cell);
        List<URL> added = new ArrayList<>();
        while (line.find()) {
            String name = line.group(2);
            if (line.group(1).equals("ivy")) {
                if (!name.startsWith("org.apache.spark:")) {
                    throw new IOException(
                            "import $ivy.`" + name + "`: this kernel downloads nothing; put the jar into a"
                                    + " folder and name it by import $cp");
                }
            } else if (!name.endsWith(OWN_JAR)) {
                Path jar = folder.resolve(name);
                if (!Files.exists(jar)) {
                    throw new IOException("import $cp.`" + name + "`: there is no file " + jar.toAbsolutePath());
                }
                added.add(jar.toUri().toURL());
            }
        }
        if (!added.isEmpty()) {
            interpreter.addUrlsToClassPath(JavaConverters.asScalaBuffer(added).toSeq());
        }
        return line.replaceAll("//");
    }

    /** The compiler counts the lines of its wrapper around a cell; people count the cell's own. */
    private static String withLines(String message, String cell) {
        List<String> lines = cell.lines().map(String::strip).toList();
        return POSITION.matcher(message)
                .replaceAll(found -> {
                    int index = lines.indexOf(found.group(2).strip());
                    String place = index < 0 ? "" : "line " + (index + 1) + ": ";
                    return Matcher.quoteReplacement(place + found.group(1) + "\n" + found.group(2) + "\n");
                })
                .strip();
    }

    /** Tells why a cell has failed. It has no stack trace, because the kernel's own frames tell readers nothing. */
    public static final class CellException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CellException(String message) {
            super(message, null, false, false);
        }
    }
}
