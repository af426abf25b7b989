package org.speechemotion.notebook;

import java.util.List;
import org.speechemotion.report.figure.Axis;
import org.speechemotion.report.figure.Box;
import org.speechemotion.report.figure.Canvas;
import org.speechemotion.report.figure.Figure;
import org.speechemotion.report.figure.Paint;
import org.speechemotion.report.figure.TextMetrics;
import org.speechemotion.report.figure.TextStyle;

/** A horizontal bar for each name, with its value beside it. */
final class BarPlot {
    private static final double WIDTH = 420;
    private static final double LEFT = 130;
    private static final double LENGTH = 220;
    private static final double ROW = 20;

    record Bar(String name, double value) {}

    private BarPlot() {}

    static Figure of(List<Bar> bars, String title) {
        Canvas canvas = new Canvas();
        canvas.text(title, 8, 12, TextStyle.of(11, Paint.INK).inBold());
        double max = bars.stream().mapToDouble(Bar::value).max().orElse(0);
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double y = 26 + i * ROW;
            double length = max > 0 ? Math.max(0, bar.value()) / max * LENGTH : 0;
            canvas.text(
                    TextMetrics.fit(bar.name(), 10, LEFT - 16),
                    LEFT - 8,
                    y + ROW / 2,
                    TextStyle.of(10, Paint.INK).ending());
            canvas.rectangle(new Box(LEFT, y + 3, length, ROW - 6), Paint.series(0), "");
            canvas.text(Axis.number(bar.value()), LEFT + length + 6, y + ROW / 2, TextStyle.of(10, Paint.FAINT));
        }
        return canvas.toFigure(WIDTH, 32 + bars.size() * ROW, title);
    }
}
