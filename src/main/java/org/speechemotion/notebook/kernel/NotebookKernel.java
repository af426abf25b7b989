package org.speechemotion.notebook.kernel;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.ReplacementOptions;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.spark.sql.SparkSession;
import scala.collection.JavaConverters;
import scala.tools.nsc.interpreter.Completion;

/** A kernel of Jupyter for Scala and Spark; {@code scripts/notebook} installs it. */
public final class NotebookKernel extends BaseKernel {
    /** Reports every message of Jupyter, by default; a logger without references forgets its level. */
    private static final Logger PROTOCOL = Logger.getLogger("io.github.spencerpark.jupyter");

    private final ScalaCells cells;
    private final CellOutput output = new CellOutput(getIO().out);
    private final JobProgress progress = new JobProgress(getIO().display);
    private volatile Thread running;

    NotebookKernel(Path classes) {
        cells = new ScalaCells(System.getProperty("java.class.path"), classes, Path.of(""), getIO().out, html -> {
            DisplayData data = new DisplayData("an output in HTML");
            data.putHTML(html);
            display(data);
        });
        // Native libraries print to the standard output while they work; only the text that the
        // cell's own thread prints is output.
        setShouldReplaceStdStreams(false);
        System.setOut(output.stream());
        System.setErr(getIO().err);
    }

    @Override
    public DisplayData eval(String cell) throws IOException {
        running = Thread.currentThread();
        output.begin();
        progress.begin();
        try {
            String text = cells.run(cell);
            return text.isEmpty() ? null : new DisplayData(text);
        } finally {
            progress.end();
            output.end();
            running = null;
        }
    }

    /** Cancels the cell's Spark jobs, and interrupts its thread. */
    @Override
    public void interrupt() {
        Thread thread = running;
        if (SparkSession.getDefaultSession().isDefined()) {
            SparkSession.getDefaultSession().get().sparkContext().cancelAllJobs();
        }
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public ReplacementOptions complete(String code, int position) {
        Completion.Candidates found = cells.complete(code, position);
        List<String> names = JavaConverters.seqAsJavaList(found.candidates()).stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        return new ReplacementOptions(names, found.cursor(), position);
    }

    /** Returns the indentation of the next line for code that is not complete. */
    @Override
    public String isComplete(String code) {
        return cells.isComplete(code) ? IS_COMPLETE_YES : "  ";
    }

    @Override
    public List<String> formatError(Exception e) {
        return String.valueOf(e.getMessage()).lines().toList();
    }

    @Override
    public LanguageInfo getLanguageInfo() {
        return new LanguageInfo.Builder("scala")
                .version("2.12.18")
                .mimetype("text/x-scala")
                .fileExtension(".scala")
                .build();
    }

    @Override
    public void onShutdown(boolean restarts) {
        SparkSession.getDefaultSession().foreach(session -> {
            session.stop();
            return null;
        });
        cells.close();
    }

    /**
     * Serves one notebook until Jupyter shuts the kernel down.
     *
     * @param arguments the connection file that Jupyter has written
     */
    public static void main(String[] arguments) throws Exception {
        PROTOCOL.setLevel(Level.WARNING);
        Path classes = Files.createTempDirectory("notebook-classes-");
        System.setProperty("spark.repl.class.outputDir", classes.toString());
        JupyterConnection connection =
                new JupyterConnection(KernelConnectionProperties.parse(Files.readString(Path.of(arguments[0]))));
        new NotebookKernel(classes).becomeHandlerForConnection(connection);
        connection.connect();
        connection.waitUntilClose();
    }
}
