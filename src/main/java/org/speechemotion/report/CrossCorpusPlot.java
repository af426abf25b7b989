package org.speechemotion.report;

import java.util.Locale;
import org.speechemotion.common.Counted;
import org.speechemotion.report.CrossCorpusTable.Cell;
import org.speechemotion.report.figure.Box;
import org.speechemotion.report.figure.Canvas;
import org.speechemotion.report.figure.Figure;
import org.speechemotion.report.figure.Paint;
import org.speechemotion.report.figure.Stroke;
import org.speechemotion.report.figure.TextMetrics;
import org.speechemotion.report.figure.TextStyle;

/**
 * A row for each training and a column for each corpus. A cell holds the UAR in percent above its interval over speakers and
 * the level of chance. Its colour is the part of the way from chance to 100 % that the UAR has gone, so that corpora with
 * different numbers of emotions can be compared. Cells of held-out speakers have a frame.
 */
public final class CrossCorpusPlot {
    private static final double CELL_WIDTH = 116;
    private static final double CELL_HEIGHT = 62;
    private static final double TOP = 34;
    private static final double SIZE = 11;
    private static final double MAX_LABEL = 150;

    private CrossCorpusPlot() {}

    /** Draws the table. */
    public static Figure of(CrossCorpusTable table) {
        Canvas canvas = new Canvas();
        double left = 34
                + table.trainings().stream()
                        .mapToDouble(name -> TextMetrics.room(TextMetrics.fit(name, SIZE, MAX_LABEL), SIZE))
                        .max()
                        .orElse(0);
        double bottom = TOP + table.trainings().size() * CELL_HEIGHT;
        for (int row = 0; row < table.trainings().size(); row++) {
            String training = table.trainings().get(row);
            double y = TOP + row * CELL_HEIGHT;
            canvas.text(
                    TextMetrics.fit(training, SIZE, MAX_LABEL),
                    left - 8,
                    y + CELL_HEIGHT / 2,
                    TextStyle.of(SIZE, Paint.INK).ending());
            for (int column = 0; column < table.corpora().size(); column++) {
                Box box = new Box(left + column * CELL_WIDTH, y, CELL_WIDTH - 2, CELL_HEIGHT - 2);
                table.cell(training, table.corpora().get(column)).ifPresent(cell -> draw(canvas, box, cell));
            }
        }
        for (int column = 0; column < table.corpora().size(); column++) {
            canvas.text(
                    TextMetrics.fit(table.corpora().get(column), SIZE, CELL_WIDTH - 6),
                    left + (column + 0.5) * CELL_WIDTH,
                    TOP - 10,
                    TextStyle.of(SIZE, Paint.INK).centred());
        }
        double width = left + table.corpora().size() * CELL_WIDTH;
        TextStyle axis = TextStyle.of(SIZE, Paint.INK).centred().inBold();
        canvas.text("tested on", (left + width) / 2, 9, axis);
        canvas.text("trained on", 9, (TOP + bottom) / 2, axis.turned(-90));
        return canvas.toFigure(
                width + 4,
                bottom + 4,
                "Unweighted average recall: rows are trainings, columns the corpora that they were tested on");
    }

    private static void draw(Canvas canvas, Box box, Cell cell) {
        double above = Math.max(0, (cell.recall() - cell.chance()) / (1 - cell.chance()));
        String tooltip = String.format(
                Locale.ROOT,
                "trained on %s, tested on %s: UAR %.1f %%, chance %.1f %%, %s by %s",
                cell.training(),
                cell.corpus(),
                100 * cell.recall(),
                100 * cell.chance(),
                Counted.of(cell.result().evaluation().scores().n(), "clip"),
                Counted.of(cell.result().evaluation().speakers(), "speaker"));
        canvas.rectangle(box, Paint.heat(above), tooltip);
        if (cell.heldOut()) {
            canvas.outline(box, Stroke.solid(Paint.INK, 1.2));
        }
        Paint ink = above > 0.5 ? Paint.ON_HEAT : Paint.INK;
        TextStyle small = TextStyle.of(8.5, ink).centred();
        canvas.text(
                CrossCorpusTable.percent(cell.recall()) + " %",
                box.centreX(),
                box.y() + 16,
                TextStyle.of(13, ink).centred().inBold());
        canvas.text(
                cell.interval()
                        .map(one -> CrossCorpusTable.percent(one.low()) + " to " + CrossCorpusTable.percent(one.high()))
                        .orElse("no interval"),
                box.centreX(),
                box.y() + 33,
                small);
        canvas.text("chance " + CrossCorpusTable.percent(cell.chance()), box.centreX(), box.y() + 47, small);
    }
}
