package org.speechemotion.notebook.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NotebookFilesTest {
    private static final Path FOLDER = Path.of("notebooks");
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<NotebookSource> sources() throws IOException {
        return NotebookSource.readAll(FOLDER.resolve("source"));
    }

    @Test
    void everyNotebookHasASource() throws IOException {
        List<String> expected = new ArrayList<>();
        sources().forEach(source -> expected.addAll(List.of(source.name() + ".ipynb", source.name() + ".zpln")));
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString())
                            .filter(name -> !name.equals("README.md")))
                    .hasSize(12)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void notebooksAreUpToDate(NotebookSource source) throws IOException {
        String advice = "run scripts/notebook --generate";
        assertThat(Files.readString(FOLDER.resolve(source.name() + ".ipynb")))
                .as(advice)
                .isEqualTo(NotebookFiles.jupyter(source));
        assertThat(Files.readString(FOLDER.resolve(source.name() + ".zpln")))
                .as(advice)
                .isEqualTo(NotebookFiles.zeppelin(source));
    }

    /** The rules are those of the schema of nbformat 4.5. */
    @ParameterizedTest
    @MethodSource("sources")
    void notebooksFollowTheFormatOfJupyter(NotebookSource source) throws IOException {
        JsonNode notebook = JSON.readTree(NotebookFiles.jupyter(source));
        assertThat(fields(notebook)).containsExactlyInAnyOrder("cells", "metadata", "nbformat", "nbformat_minor");
        Set<String> ids = new HashSet<>();
        for (JsonNode cell : notebook.path("cells")) {
            boolean code = cell.path("cell_type").asText().equals("code");
            assertThat(fields(cell))
                    .containsExactlyInAnyOrderElementsOf(
                            code
                                    ? List.of("cell_type", "id", "metadata", "source", "execution_count", "outputs")
                                    : List.of("cell_type", "id", "metadata", "source"));
            assertThat(cell.path("id").asText()).matches("[a-zA-Z0-9_-]{1,64}");
            assertThat(ids.add(cell.path("id").asText())).isTrue();
            assertThat(cell.path("outputs")).isEmpty();
        }
    }

    /** The fields are those that Zeppelin 0.11 reads of a note and of its paragraphs. */
    @ParameterizedTest
    @MethodSource("sources")
    void notesFollowTheFormatOfZeppelin(NotebookSource source) throws IOException {
        JsonNode note = JSON.readTree(NotebookFiles.zeppelin(source));
        assertThat(fields(note))
                .containsExactlyInAnyOrder(
                        "paragraphs",
                        "name",
                        "id",
                        "defaultInterpreterGroup",
                        "version",
                        "noteParams",
                        "noteForms",
                        "angularObjects",
                        "config",
                        "info");
        assertThat(note.path("id").asText()).matches("2[0-9A-Z]{8}");
        Set<String> ids = new HashSet<>();
        for (JsonNode paragraph : note.path("paragraphs")) {
            assertThat(paragraph.path("text").asText()).matches("(?s)%(spark|md)\\n.+");
            assertThat(paragraph.path("status").asText()).isEqualTo("READY");
            assertThat(paragraph.path("settings").path("params").isObject()).isTrue();
            assertThat(paragraph.path("settings").path("forms").isObject()).isTrue();
            assertThat(ids.add(paragraph.path("id").asText())).isTrue();
        }
        assertThat(ids).allMatch(id -> id.matches("paragraph_\\d{13}_\\d+"));
    }

    @Test
    void aSourceIsCutIntoCells() {
        NotebookSource source =
                NotebookSource.parse("n", "# Title\n\nText\n\n```scala\nval a = 1\n\nval b = 2\n```\n\nMore\n");
        assertThat(source.title()).isEqualTo("Title");
        assertThat(source.cells())
                .containsExactly(
                        new NotebookSource.Cell(false, "# Title\n\nText"),
                        new NotebookSource.Cell(true, "val a = 1\n\nval b = 2"),
                        new NotebookSource.Cell(false, "More"));
        assertThatThrownBy(() -> NotebookSource.parse("n", "# T\n```scala\nval a = 1\n"))
                .hasMessage("notebook n: its last block of Scala has no end: ```");
    }

    private static List<String> fields(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
