package org.speechemotion.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.speechemotion.spark.SparkTest;

/** Runs every cell of every notebook in order, as Jupyter and Zeppelin do, but for the folder of the demo's data. */
class NotebooksIT extends SparkTest {
    private static final Path FOLDER = Path.of("notebooks");

    /** The notebooks share their data and models, as they do in one folder. */
    @TempDir
    static Path data;

    /** The expected outputs of a notebook: players, figures and texts. */
    private record Shown(int players, int figures, List<String> texts) {}

    private static final Map<String, Shown> SHOWN = Map.of(
            "01-explore-a-corpus",
            new Shown(
                    3,
                    3,
                    List.of(
                            "<td>ravdess</td><td>ok</td><td class=\"number\">192</td>",
                            "<td>ravdess</td><td>rejected</td><td class=\"number\">1</td>",
                            "03-01-01-01-01-02-12.wav</td><td>unsupported")),
            "02-train-and-look",
            new Shown(
                    3,
                    2,
                    List.of(
                            "144 clips to train on, 48 to test on",
                            "<td>ravdess:12</td><td class=\"number\">16</td>",
                            "mean confidence")),
            "03-embeddings",
            new Shown(2, 2, List.of("192 clips", "<th class=\"number\">distance</th>")),
            "04-score-an-archive",
            new Shown(
                    0,
                    1,
                    List.of(
                            "<td>ok</td><td></td><td class=\"number\">3</td>",
                            "<td>rejected</td><td>unsupported</td><td class=\"number\">1</td>",
                            "<td>support</td><td class=\"number\">2</td>")),
            "05-compare-runs",
            new Shown(0, 3, List.of("training.learning-rate", "emotion/slower")),
            "06-listen-to-an-hour",
            new Shown(2, 1, List.of("The table has more rows than these 12.", "of 181.1 s")));

    static List<Path> notebooks() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().matches(".*\\.(ipynb|zpln)"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void everyCellRuns(Path file) throws IOException {
        String name = file.getFileName().toString().replaceFirst("\\..*", "");
        List<String> html = new ArrayList<>();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int run = 0;
        try (ScalaCells cells = new ScalaCells(ReplClassPath.get(), folder, FOLDER, printed, html::add)) {
            for (String cell : cells(file)) {
                cells.run(cell.replace("\"demo\"\n", "\"" + data + "\"\n"));
                run++;
            }
        }
        String output = printed.toString(StandardCharsets.UTF_8);
        String all = output + String.join("\n", html);
        Shown shown = SHOWN.get(name);
        assertThat(run).isGreaterThanOrEqualTo(3);
        assertThat(all.split("<audio ", -1)).as("players").hasSize(1 + shown.players());
        assertThat(all.split("<svg ", -1)).as("figures").hasSize(1 + shown.figures());
        assertThat(all).contains(shown.texts());
        if (file.toString().endsWith(".zpln")) {
            assertThat(html).isEmpty();
            assertThat(output).contains("\n%html <div class=\"speech-emotion\">");
        } else {
            assertThat(html).isNotEmpty();
            assertThat(output).doesNotContain("%html");
        }
    }

    /** The cells of code: of a notebook of Jupyter, or the paragraphs of a note of Zeppelin, without the name of their interpreter. */
    private static List<String> cells(Path file) throws IOException {
        JsonNode notebook = new ObjectMapper().readTree(file.toFile());
        List<String> cells = new ArrayList<>();
        for (JsonNode cell : notebook.path("cells")) {
            if (cell.path("cell_type").asText().equals("code")) {
                StringBuilder source = new StringBuilder();
                cell.path("source").forEach(line -> source.append(line.asText()));
                cells.add(source + "\n");
            }
        }
        for (JsonNode paragraph : notebook.path("paragraphs")) {
            String text = paragraph.path("text").asText();
            if (text.startsWith("%spark\n")) {
                cells.add(text.substring("%spark\n".length()) + "\n");
            }
        }
        return cells;
    }
}
