package org.speechemotion.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.report.figure.Box;
import org.speechemotion.report.figure.Canvas;
import org.speechemotion.report.figure.Figure;
import org.speechemotion.report.figure.Paint;
import org.speechemotion.report.figure.Stroke;
import org.speechemotion.report.figure.TextMetrics;
import org.speechemotion.report.figure.TextStyle;

/**
 * A confusion matrix with a row for each true class and a column for each predicted class. A cell is coloured by its share
 * of the row and holds that share in percent above the count.
 */
public final class ConfusionPlot {
    private static final int MAX_LABELS = 30;
    private static final double WIDTH = 420;
    private static final double MIN_LEFT = 86;
    private static final double MAX_LEFT = 160;
    private static final double RIGHT = 6;
    private static final double ROOM_BESIDE_LABELS = 30;
    private static final double LABEL_SIZE = 11;
    /** The ratio of the widths of bold and regular letters, because texts are measured in regular ones. */
    private static final double BOLD = 1.12;

    private final long[][] counts;
    private final List<String> labels;
    private final Canvas canvas = new Canvas();
    private final double cell;
    private final double left;
    private final double top;

    private ConfusionPlot(long[][] counts, List<String> labels, double top) {
        this.counts = counts;
        this.labels = labels;
        this.top = top;
        double widest = labels.stream()
                .mapToDouble(label -> TextMetrics.room(label, LABEL_SIZE))
                .max()
                .orElseThrow();
        left = Math.max(MIN_LEFT, Math.min(MAX_LEFT, widest + ROOM_BESIDE_LABELS));
        cell = (WIDTH - left - RIGHT) / labels.size();
    }

    /** Draws the confusion matrix of the emotions, without a title. */
    public static Figure of(ConfusionMatrix matrix) {
        return of(matrix, "");
    }

    /**
     * Draws the confusion matrix of the emotions.
     *
     * @param title above the matrix; may be empty
     */
    public static Figure of(ConfusionMatrix matrix, String title) {
        return of(matrix.counts(), matrix.emotions().ids(), title);
    }

    /**
     * Draws a confusion matrix.
     *
     * @param counts {@code [true][predicted]}, none negative
     * @param labels the names of the classes in the order of the counts, 1 to 30 of them
     * @param title above the matrix; may be empty
     * @throws IllegalArgumentException if the counts are not a square of the labels' size, or one is negative
     */
    public static Figure of(long[][] counts, List<String> labels, String title) {
        check(counts, labels);
        ConfusionPlot plot = new ConfusionPlot(counts, labels, title.isEmpty() ? 4 : 28);
        plot.canvas.text(
                TextMetrics.fit(title, 13, (WIDTH - 12) / BOLD),
                WIDTH / 2,
                14,
                TextStyle.of(13, Paint.INK).centred().inBold());
        plot.cells();
        return plot.labelled();
    }

    private void cells() {
        double size = Math.min(12, cell / 3.8);
        for (int row = 0; row < counts.length; row++) {
            long total = Arrays.stream(counts[row]).sum();
            for (int column = 0; column < counts.length; column++) {
                long count = counts[row][column];
                double share = total == 0 ? 0 : (double) count / total;
                Box box = new Box(left + column * cell, top + row * cell, cell - 1.2, cell - 1.2);
                String tooltip = "%d of %d clips of %s were predicted as %s"
                        .formatted(count, total, labels.get(row), labels.get(column));
                canvas.rectangle(box, Paint.heat(share), tooltip);
                if (count > 0) {
                    TextStyle style = TextStyle.of(size, share > 0.5 ? Paint.ON_HEAT : Paint.INK)
                            .centred();
                    canvas.text(
                            String.format(Locale.ROOT, "%.0f %%", 100 * share),
                            box.centreX(),
                            box.centreY() - 0.55 * size,
                            row == column ? style.inBold() : style);
                    canvas.text(
                            Long.toString(count),
                            box.centreX(),
                            box.centreY() + 0.6 * size,
                            TextStyle.of(0.8 * size, style.paint()).centred());
                }
            }
        }
    }

    private Figure labelled() {
        double size = Math.min(LABEL_SIZE, cell);
        double room = left - ROOM_BESIDE_LABELS;
        double bottom = top + labels.size() * cell;
        double widest = labels.stream()
                .mapToDouble(label -> TextMetrics.room(TextMetrics.fit(label, size, room), size))
                .max()
                .orElseThrow();
        boolean slanted = widest > cell - 2;
        double depth = slanted ? widest * Math.sqrt(0.5) + 10 : 14;
        for (int i = 0; i < labels.size(); i++) {
            String label = TextMetrics.fit(labels.get(i), size, room);
            TextStyle style = TextStyle.of(size, Paint.INK).ending();
            canvas.text(label, left - 6, top + (i + 0.5) * cell, style);
            double x = left + (i + 0.5) * cell;
            canvas.text(label, slanted ? x + 3 : x, bottom + 8, slanted ? style.turned(-45) : style.centred());
        }
        double middle = left + labels.size() * cell / 2;
        TextStyle axis = TextStyle.of(LABEL_SIZE, Paint.INK).centred().inBold();
        canvas.text("predicted", middle, bottom + depth + 10, axis);
        canvas.text("true", 9, top + labels.size() * cell / 2, axis.turned(-90));
        Box frame = new Box(left - 0.6, top - 0.6, labels.size() * cell, labels.size() * cell);
        canvas.outline(frame, Stroke.solid(Paint.FAINT, 0.6));
        return canvas.toFigure(
                WIDTH, bottom + depth + 20, "Confusion matrix: rows are true, columns predicted classes");
    }

    private static void check(long[][] counts, List<String> labels) {
        if (labels.isEmpty() || labels.size() > MAX_LABELS || counts.length != labels.size()) {
            throw new IllegalArgumentException(
                    "confusion plot has %d labels and %d rows; allowed: 1 to %d labels and as many rows"
                            .formatted(labels.size(), counts.length, MAX_LABELS));
        }
        for (long[] row : counts) {
            if (row.length != counts.length || Arrays.stream(row).anyMatch(count -> count < 0)) {
                throw new IllegalArgumentException("confusion plot has a row %s; allowed: %d counts of at least 0"
                        .formatted(Arrays.toString(row), counts.length));
            }
        }
    }
}
