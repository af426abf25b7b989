package org.speechemotion.report.figure;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A figure, independent of the format that it is written in.
 *
 * @param width the width in points
 * @param height the height in points
 * @param description a sentence for readers who cannot see the figure
 * @param marks the marks in the order in which they are drawn
 */
public record Figure(double width, double height, String description, List<Mark> marks) {
    public Figure {
        marks = List.copyOf(marks);
    }

    /** Returns an SVG document with a white background, fit for a file, a notebook or a paper. */
    public String toSvg() {
        return new SvgWriter(false).write(this).toString();
    }

    /** Returns an {@code svg} element whose colours follow the theme of the page that it is part of. */
    public Markup toMarkup() {
        return new SvgWriter(true).write(this);
    }

    /** Returns a PDF document of one page that is as large as the figure. */
    public byte[] toPdf() throws IOException {
        return PdfWriter.write(this);
    }

    /**
     * Draws the figure on white, with two pixels to a point.
     *
     * @throws IllegalStateException if the Java runtime has no fonts; see {@link PngWriter}
     */
    public BufferedImage toImage() {
        return PngWriter.draw(this);
    }

    /**
     * Writes the figure over an older file, in the format that the file's extension names.
     *
     * @param file the file, whose name ends in {@code .png}, {@code .svg} or {@code .pdf}
     * @throws IllegalArgumentException if the extension is another one
     * @throws IllegalStateException as {@link #toImage} does, for PNG alone
     */
    public void write(Path file) throws IOException {
        String name = file.toString();
        byte[] bytes =
                switch (name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
                    case "png" -> PngWriter.encode(toImage());
                    case "svg" -> toSvg().getBytes(StandardCharsets.UTF_8);
                    case "pdf" -> toPdf();
                    default -> throw new IllegalArgumentException(
                            "figure '" + name + "' has no known format; allowed: .png, .svg, .pdf");
                };
        Files.write(file, bytes);
    }
}
