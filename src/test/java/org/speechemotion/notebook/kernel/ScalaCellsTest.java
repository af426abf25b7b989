package org.speechemotion.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.JavaConverters;

class ScalaCellsTest {
    @TempDir
    static Path folder;

    private static final ByteArrayOutputStream OUTPUT = new ByteArrayOutputStream();
    private static final List<String> HTML = new ArrayList<>();

    private static ScalaCells cells;

    @BeforeAll
    static void start() {
        cells = new ScalaCells(ReplClassPath.get(), folder, folder, OUTPUT, HTML::add);
    }

    @AfterAll
    static void stop() {
        cells.close();
    }

    @Test
    void cellsSeeEarlierDefinitions() throws IOException {
        cells.run("val six = 6\ncase class Twice(of: Int)");
        assertThat(cells.run("val product = Twice(six).of * 7")).isEqualTo("product: Int = 42");
    }

    @Test
    void printedTextAndHtmlAreOutputs() throws IOException {
        cells.run("println(\"one\"); Html(\"<b>two</b>\").display()");
        assertThat(OUTPUT.toString(StandardCharsets.UTF_8)).contains("one\n");
        assertThat(HTML).contains("<b>two</b>");
    }

    @Test
    void anErrorNamesTheLineOfTheCell() {
        assertThatThrownBy(() -> cells.run("val a = 1\nval b = a +\n  unknown\n"))
                .isInstanceOf(ScalaCells.CellException.class)
                .hasMessageStartingWith("line 3: error: not found: value unknown");
    }

    @Test
    void interruptedCellsReportIt() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> cells.run("Thread.sleep(60000)")).hasMessage("the cell was interrupted");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void exceptionsAreReported() {
        assertThatThrownBy(() -> cells.run("sys.error(\"no such thing\")")).hasMessageContaining("no such thing");
        assertThatThrownBy(() -> cells.run("def f = {")).hasMessageContaining("is not closed");
    }

    @Test
    void librariesAreReadFromFiles() throws IOException {
        assertThat(cells.run("import $cp.`../target/speech-emotion-spark.jar`\nval one = 1"))
                .isEqualTo("one: Int = 1");
        assertThatThrownBy(() -> cells.run("import $cp.`gone.jar`")).hasMessageContaining("there is no file");
        assertThatThrownBy(() -> cells.run("import $ivy.`a::b:1`")).hasMessageContaining("downloads nothing");
    }

    @Test
    void completesNames() throws IOException {
        cells.run("val numbers = List(1, 2)");
        assertThat(JavaConverters.seqAsJavaList(
                        cells.complete("numbers.headO", 13).candidates()))
                .contains("headOption");
    }
}
