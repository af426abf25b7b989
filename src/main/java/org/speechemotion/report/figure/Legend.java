package org.speechemotion.report.figure;

import java.util.ArrayList;
import java.util.List;
import org.speechemotion.report.figure.Mark.Point;

/** The names of the series of a chart, in rows that are filled from left to right. */
public final class Legend {
    private static final double SIZE = 10.5;
    private static final double ROW = 16;
    private static final double SWATCH = 22;
    private static final double GAP = 12;

    private interface Swatch {
        void draw(Canvas canvas, double x, double y);
    }

    private record Entry(Swatch swatch, String name) {}

    private final List<Entry> entries = new ArrayList<>();

    /** Adds a series that is drawn as a line. */
    public Legend line(Stroke stroke, String name) {
        return add((canvas, x, y) -> canvas.line(x, y, x + SWATCH - 6, y, stroke), name);
    }

    /** Adds a series that is drawn as bars. */
    public Legend bar(Paint fill, String name) {
        return add((canvas, x, y) -> canvas.rectangle(new Box(x + 6, y - 5, 10, 10), fill, ""), name);
    }

    /** Adds a series that is drawn as markers. */
    public Legend marker(int series, String name) {
        return add((canvas, x, y) -> Chart.marker(canvas, series, new Point(x + 11, y), ""), name);
    }

    private Legend add(Swatch swatch, String name) {
        entries.add(new Entry(swatch, name));
        return this;
    }

    /**
     * Draws the legend.
     *
     * @param top the y of its upper edge
     * @return the y of its lower edge
     */
    public double draw(Canvas canvas, double left, double top, double width) {
        double x = left;
        double y = top + ROW / 2;
        TextStyle style = TextStyle.of(SIZE, Paint.FAINT);
        for (Entry entry : entries) {
            String name = TextMetrics.fit(entry.name(), SIZE, width - SWATCH);
            double room = SWATCH + TextMetrics.room(name, SIZE);
            if (x > left && x + room > left + width) {
                x = left;
                y += ROW;
            }
            entry.swatch().draw(canvas, x, y);
            canvas.text(name, x + SWATCH, y, style);
            x += room + GAP;
        }
        return y + ROW / 2;
    }
}
