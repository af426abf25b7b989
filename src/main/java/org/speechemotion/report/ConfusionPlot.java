package org.speechemotion.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Draws a confusion matrix of 900 × 800 pixels: a row per true class and a column per prediction, coloured by the share
 * of the row, with the share and the count in each cell.
 *
 * <p>It needs a font, which a Java runtime takes from the system (Debian: {@code fontconfig} and
 * {@code fonts-dejavu-core}).
 */
public final class ConfusionPlot {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 800;
    private static final int RIGHT = 110;
    private static final int TOP = 92;
    private static final int BOTTOM = 84;
    private static final int BOTTOM_OF_SLANTED_LABELS = 116;
    private static final int LEFT = 150;

    private static final Color INK = new Color(0x22, 0x22, 0x22);
    private static final Color FAINT_INK = new Color(0x66, 0x66, 0x66);

    private final long[][] counts;
    private final List<String> labels;
    private final Graphics2D graphics;
    private final int labelSize;
    private final boolean slanted;
    private final int cellWidth;
    private final int cellHeight;

    private ConfusionPlot(long[][] counts, List<String> labels, Graphics2D graphics) {
        this.counts = counts;
        this.labels = labels;
        this.graphics = graphics;
        cellWidth = (WIDTH - LEFT - RIGHT) / labels.size();
        int lines = (HEIGHT - TOP - BOTTOM_OF_SLANTED_LABELS) / labels.size() - 2;
        labelSize = sizeOfLabels(Math.min(15, lines), LEFT - 50);
        slanted = widestLabel() > cellWidth - 4;
        cellHeight = (HEIGHT - TOP - (slanted ? BOTTOM_OF_SLANTED_LABELS : BOTTOM)) / labels.size();
    }

    private int sizeOfLabels(int largest, int room) {
        for (int size = largest; ; size--) {
            font(Font.PLAIN, size, INK);
            if (size <= 9 || widestLabel() <= room) {
                return size;
            }
        }
    }

    private int widestLabel() {
        return labels.stream().mapToInt(this::width).max().orElse(0);
    }

    /**
     * Draws the matrix and writes it as a PNG file, over an older one; the folder is made if missing. The subtitle says
     * how many clips there are.
     *
     * @param counts {@code [true][predicted]}
     * @throws IOException if the file cannot be written
     * @throws IllegalArgumentException as {@link #draw} does
     * @throws IllegalStateException as {@link #draw} does
     */
    public static void write(long[][] counts, List<String> labels, String title, Path file) throws IOException {
        long clips = Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
        String subtitle = format("%,d clips; each row sums to 100%%", clips);
        byte[] png = Png.encode(draw(counts, labels, title, subtitle));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, png);
    }

    /**
     * Draws the matrix.
     *
     * @param counts {@code [true][predicted]}, none negative
     * @param labels of the classes, in the order of the counts, 1 to 30 of them
     * @param subtitle in smaller letters under the title; may be empty
     * @throws IllegalArgumentException if the counts are not a square of the labels' size, or one is negative
     * @throws IllegalStateException if the Java runtime has no fonts to write with
     */
    public static BufferedImage draw(long[][] counts, List<String> labels, String title, String subtitle) {
        check(counts, labels);
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            Fonts.prepare(graphics);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, WIDTH, HEIGHT);
            ConfusionPlot plot = new ConfusionPlot(counts, labels, graphics);
            plot.titles(title, subtitle);
            plot.cells();
            plot.axes();
            plot.colourBar();
            return image;
        } finally {
            graphics.dispose();
        }
    }

    private void titles(String title, String subtitle) {
        int centre = LEFT + labels.size() * cellWidth / 2;
        font(Font.BOLD, 21, INK);
        centred(title, centre, 34, WIDTH - 40);
        font(Font.PLAIN, 14, FAINT_INK);
        centred(subtitle, centre, 64, WIDTH - 40);
    }

    private void cells() {
        int size = Math.min(17, Math.min(cellWidth / 4, cellHeight / 3));
        for (int row = 0; row < counts.length; row++) {
            long total = Arrays.stream(counts[row]).sum();
            for (int column = 0; column < counts.length; column++) {
                double share = total == 0 ? 0 : (double) counts[row][column] / total;
                int x = LEFT + column * cellWidth;
                int y = TOP + row * cellHeight;
                graphics.setColor(ColourRamp.at(share));
                graphics.fillRect(x, y, cellWidth - 1, cellHeight - 1);
                if (counts[row][column] > 0) {
                    Color ink = share > 0.6 ? Color.WHITE : INK;
                    font(row == column ? Font.BOLD : Font.PLAIN, size, ink);
                    centred(format("%.0f%%", 100 * share), x + cellWidth / 2, y + cellHeight / 2 - size / 2, cellWidth);
                    font(Font.PLAIN, size * 3 / 4, ink);
                    centred(
                            format("%,d", counts[row][column]),
                            x + cellWidth / 2,
                            y + cellHeight / 2 + size * 2 / 3,
                            cellWidth);
                }
            }
        }
        graphics.setColor(FAINT_INK);
        graphics.drawRect(LEFT - 1, TOP - 1, labels.size() * cellWidth, labels.size() * cellHeight);
    }

    private void axes() {
        font(Font.PLAIN, labelSize, INK);
        int bottom = TOP + labels.size() * cellHeight;
        for (int i = 0; i < labels.size(); i++) {
            String label = labels.get(i);
            endingAt(label, LEFT - 10, TOP + i * cellHeight + cellHeight / 2, LEFT - 50);
            int centre = LEFT + i * cellWidth + cellWidth / 2;
            if (slanted) {
                turned(
                        -Math.PI / 4,
                        centre + 4,
                        bottom + 10,
                        () -> endingAt(label, 0, 0, BOTTOM_OF_SLANTED_LABELS - 6));
            } else {
                centred(label, centre, bottom + 18, cellWidth);
            }
        }
        font(Font.BOLD, 15, INK);
        centred("predicted", LEFT + labels.size() * cellWidth / 2, HEIGHT - 26, WIDTH);
        turned(-Math.PI / 2, 26, TOP + labels.size() * cellHeight / 2, () -> centred("true", 0, 0, HEIGHT));
    }

    private void colourBar() {
        int x = LEFT + labels.size() * cellWidth + 24;
        int height = labels.size() * cellHeight;
        for (int i = 0; i < height; i++) {
            graphics.setColor(ColourRamp.at(1 - i / (height - 1.0)));
            graphics.fillRect(x, TOP + i, 16, 1);
        }
        graphics.setColor(FAINT_INK);
        graphics.drawRect(x - 1, TOP - 1, 17, height);
        font(Font.PLAIN, 12, FAINT_INK);
        for (int percent = 0; percent <= 100; percent += 25) {
            int y = TOP + (height - 1) * (100 - percent) / 100;
            graphics.drawLine(x + 17, y, x + 20, y);
            endingAt(percent + "%", x + 60, y, 40);
        }
    }

    private void font(int style, int size, Color colour) {
        graphics.setFont(new Font(Font.SANS_SERIF, style, Math.max(1, size)));
        graphics.setColor(colour);
    }

    private void centred(String text, int x, int y, int room) {
        String fitting = fitting(text, room);
        baseline(fitting, x - width(fitting) / 2, y);
    }

    private void endingAt(String text, int x, int y, int room) {
        String fitting = fitting(text, room);
        baseline(fitting, x - width(fitting), y);
    }

    /** Draws with the middle of the capitals' height at y. */
    private void baseline(String text, int x, int y) {
        graphics.drawString(text, x, y + Math.round(graphics.getFont().getSize() * 0.36f));
    }

    private void turned(double angle, int x, int y, Runnable drawing) {
        AffineTransform before = graphics.getTransform();
        graphics.translate(x, y);
        graphics.rotate(angle);
        drawing.run();
        graphics.setTransform(before);
    }

    private String fitting(String text, int room) {
        String fitting = shortened(text);
        while (width(fitting) > room && fitting.length() > 2) {
            fitting = fitting.substring(0, fitting.length() - 2) + "…";
        }
        return fitting;
    }

    private int width(String text) {
        return graphics.getFontMetrics().stringWidth(shortened(text));
    }

    /** No sane label is longer, and measuring a huge one takes as long as it is. */
    private static String shortened(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static void check(long[][] counts, List<String> labels) {
        if (labels.isEmpty() || labels.size() > 30 || counts.length != labels.size()) {
            throw new IllegalArgumentException("a confusion plot takes 1 to 30 labels and as many rows, not "
                    + labels.size() + " labels and " + counts.length + " rows");
        }
        for (long[] row : counts) {
            if (row.length != counts.length || Arrays.stream(row).anyMatch(count -> count < 0)) {
                throw new IllegalArgumentException("each row of a confusion matrix must be " + counts.length
                        + " counts of at least 0, not " + Arrays.toString(row));
            }
        }
    }
}
