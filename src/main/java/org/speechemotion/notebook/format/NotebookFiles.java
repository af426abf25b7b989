package org.speechemotion.notebook.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import org.speechemotion.common.Sha256;

/** Writes a source as a notebook of Jupyter, format 4.5, and as a note of Zeppelin 0.11. The same source gives the same bytes. */
public final class NotebookFiles {
    private static final String IMPORTS =
            """
            import org.speechemotion.notebook.{Commands, DemoData}
            import org.speechemotion.notebook.Notebook._
            import org.speechemotion.spark.io.SparkSessions
            """;

    private static final String SESSION = "val spark = SparkSessions.open(\"notebook\")";

    private static final String JUPYTER_SETUP =
            """
            import $ivy.`org.apache.spark::spark-mllib:3.5.7` // for Almond, which has no Spark
            import $cp.`../target/speech-emotion-spark.jar`
            """
                    + IMPORTS
                    + "def show(output: Any): Unit = Html(output.toString).display()\n"
                    + SESSION;

    /** Zeppelin's interpreter has the jar from its own settings, as the README says, and shows outputs that begin with %html. */
    private static final String ZEPPELIN_SETUP =
            IMPORTS + "def show(output: Any): Unit = println(\"%html \" + output)\n" + SESSION;

    private static final ObjectMapper JSON = new ObjectMapper();

    private NotebookFiles() {}

    /** Writes all notebooks of a folder's {@code source/} into the folder. */
    public static void writeAll(Path folder) throws IOException {
        for (NotebookSource source : NotebookSource.readAll(folder.resolve("source"))) {
            Files.writeString(folder.resolve(source.name() + ".ipynb"), jupyter(source));
            Files.writeString(folder.resolve(source.name() + ".zpln"), zeppelin(source));
        }
    }

    /** Returns the notebook for Jupyter, without outputs. */
    public static String jupyter(NotebookSource source) {
        ObjectNode notebook = JSON.createObjectNode();
        ArrayNode cells = notebook.putArray("cells");
        int number = 0;
        for (NotebookSource.Cell cell : source.cells()) {
            jupyterCell(cells.addObject(), cell, number++);
            if (number == 1) {
                jupyterCell(cells.addObject(), new NotebookSource.Cell(true, JUPYTER_SETUP), number++);
            }
        }
        ObjectNode metadata = notebook.putObject("metadata");
        metadata.putObject("kernelspec")
                .put("display_name", "Speech emotion (Scala, Spark)")
                .put("language", "scala")
                .put("name", "speech-emotion");
        metadata.putObject("language_info").put("file_extension", ".scala").put("name", "scala");
        notebook.put("nbformat", 4).put("nbformat_minor", 5);
        return text(notebook);
    }

    private static void jupyterCell(ObjectNode node, NotebookSource.Cell cell, int number) {
        node.put("cell_type", cell.code() ? "code" : "markdown");
        node.put("id", "cell-" + number);
        node.putObject("metadata");
        ArrayNode lines = node.putArray("source");
        for (Iterator<String> text = cell.text().lines().iterator(); text.hasNext(); ) {
            String line = text.next();
            lines.add(text.hasNext() ? line + "\n" : line);
        }
        if (cell.code()) {
            node.putNull("execution_count");
            node.putArray("outputs");
        }
    }

    /** Returns the note for Zeppelin, without results. */
    public static String zeppelin(NotebookSource source) {
        ObjectNode note = JSON.createObjectNode();
        ArrayNode paragraphs = note.putArray("paragraphs");
        int number = 0;
        for (NotebookSource.Cell cell : source.cells()) {
            paragraph(paragraphs.addObject(), cell, number++);
            if (number == 1) {
                paragraph(paragraphs.addObject(), new NotebookSource.Cell(true, ZEPPELIN_SETUP), number++);
            }
        }
        // Zeppelin's ids are nine digits and capital letters, of which the first is a 2.
        String id = "2" + Sha256.of(source.name()).substring(0, 8).toUpperCase(Locale.ROOT);
        note.put("name", "Speech emotion/" + source.title()).put("id", id);
        note.put("defaultInterpreterGroup", "spark").put("version", "0.11.2");
        note.putObject("noteParams");
        note.putObject("noteForms");
        note.putObject("angularObjects");
        note.putObject("config").put("isZeppelinNotebookCronEnable", false);
        note.putObject("info");
        return text(note);
    }

    private static void paragraph(ObjectNode node, NotebookSource.Cell cell, int number) {
        node.put("text", (cell.code() ? "%spark\n" : "%md\n") + cell.text());
        ObjectNode config = node.putObject("config");
        config.put("colWidth", 12).put("enabled", true).put("editorHide", !cell.code());
        config.put("editorMode", cell.code() ? "ace/mode/scala" : "ace/mode/markdown");
        config.putObject("results");
        ObjectNode settings = node.putObject("settings");
        settings.putObject("params");
        settings.putObject("forms");
        node.put("id", "paragraph_%013d_%010d".formatted(number, number));
        node.put("status", "READY").put("user", "anonymous");
    }

    private static String text(ObjectNode json) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
        printer.indentObjectsWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
        try {
            return JSON.writer(printer).writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Rewrites the notebooks of a folder.
     *
     * @param arguments the folder
     */
    public static void main(String[] arguments) throws IOException {
        writeAll(Path.of(arguments[0]));
    }
}
