package org.speechemotion.report;

import java.util.Locale;
import org.speechemotion.metrics.ClassScores;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.metrics.Scores;
import org.speechemotion.report.figure.Box;
import org.speechemotion.report.figure.Canvas;
import org.speechemotion.report.figure.Figure;
import org.speechemotion.report.figure.Legend;
import org.speechemotion.report.figure.Paint;
import org.speechemotion.report.figure.Stroke;
import org.speechemotion.report.figure.TextStyle;

/** Plots recall and precision of each emotion as bars, with their counts and the chance level. */
public final class ClassScoresPlot {
    private static final double WIDTH = 380;
    private static final double LEFT = 66;
    private static final double LENGTH = 222;
    private static final double ROW = 30;
    private static final double BAR = 11;

    private ClassScoresPlot() {}

    /** Draws the scores of the emotions in label order. */
    public static Figure of(ConfusionMatrix matrix) {
        Canvas canvas = new Canvas();
        double top = 6;
        for (ClassScores one : Scores.of(matrix).classes()) {
            canvas.text(
                    one.emotion().id(),
                    LEFT - 6,
                    top + BAR,
                    TextStyle.of(11, Paint.INK).ending());
            long correct = matrix.count(one.emotion(), one.emotion());
            bar(
                    canvas,
                    0,
                    top,
                    one.recall(),
                    correct,
                    one.support(),
                    "recall of " + one.emotion().id());
            bar(
                    canvas,
                    1,
                    top + BAR + 1,
                    one.precision(),
                    correct,
                    predicted(matrix, one),
                    "precision of " + one.emotion().id());
            top += ROW;
        }
        double chance = LEFT + LENGTH * Chance.of(matrix);
        canvas.line(chance, 0, chance, top - 4, new Stroke(Paint.FAINT, 1, Stroke.Dash.DASHED));
        double bottom = new Legend()
                .bar(Paint.series(0), "recall")
                .bar(Paint.series(1), "precision")
                .line(new Stroke(Paint.FAINT, 1, Stroke.Dash.DASHED), "chance")
                .draw(canvas, LEFT, top, WIDTH - LEFT);
        return canvas.toFigure(WIDTH, bottom + 4, "Recall and precision of each emotion");
    }

    private static long predicted(ConfusionMatrix matrix, ClassScores one) {
        long predicted = 0;
        for (long[] row : matrix.counts()) {
            predicted += row[one.emotion().label()];
        }
        return predicted;
    }

    private static void bar(
            Canvas canvas, int series, double top, double share, long correct, long of, String tooltip) {
        canvas.rectangle(new Box(LEFT, top, Math.max(1, share * LENGTH), BAR), Paint.series(series), tooltip);
        String text = of == 0 ? "no clips" : String.format(Locale.ROOT, "%.0f %% (%d of %d)", 100 * share, correct, of);
        canvas.text(text, LEFT + share * LENGTH + 5, top + BAR / 2, TextStyle.of(9, Paint.FAINT));
    }
}
