package org.speechemotion.notebook.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The source of a notebook: Markdown, in which each fenced block of Scala is a cell of code and the text between two
 * of them is a cell of text.
 *
 * @param name the name of the file, without its extension
 */
public record NotebookSource(String name, List<Cell> cells) {
    private static final String FENCE = "```";
    private static final String SCALA = FENCE + "scala";

    /**
     * A cell.
     *
     * @param code whether it is Scala; otherwise it is Markdown
     * @param text the text without a line break at its end
     */
    public record Cell(boolean code, String text) {}

    public NotebookSource {
        cells = List.copyOf(cells);
    }

    /**
     * Reads all notebooks of a folder, by name.
     *
     * @throws IllegalArgumentException if a block has no end
     */
    public static List<NotebookSource> readAll(Path folder) throws IOException {
        List<NotebookSource> sources = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".md")) {
                    sources.add(parse(name.substring(0, name.length() - 3), Files.readString(file)));
                }
            }
        }
        return sources;
    }

    /**
     * Cuts a notebook into cells.
     *
     * @throws IllegalArgumentException if a block has no end
     */
    public static NotebookSource parse(String name, String markdown) {
        List<Cell> cells = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        boolean code = false;
        for (String line : markdown.lines().toList()) {
            if (line.equals(code ? FENCE : SCALA)) {
                add(cells, code, lines);
                code = !code;
            } else {
                lines.add(line);
            }
        }
        if (code) {
            throw new IllegalArgumentException("notebook " + name + ": its last block of Scala has no end: " + FENCE);
        }
        add(cells, false, lines);
        return new NotebookSource(name, cells);
    }

    private static void add(List<Cell> cells, boolean code, List<String> lines) {
        String text = String.join("\n", lines).strip();
        if (!text.isEmpty()) {
            cells.add(new Cell(code, text));
        }
        lines.clear();
    }

    /** Returns the notebook's first heading. */
    public String title() {
        return cells.get(0).text().lines().findFirst().orElse(name).replaceFirst("^#+ *", "");
    }
}
