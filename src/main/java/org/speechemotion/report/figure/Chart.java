package org.speechemotion.report.figure;

import java.util.ArrayList;
import java.util.List;
import org.speechemotion.report.figure.Mark.Point;

/** A plot with two axes and a grid, which takes values in the units of its axes. Marks are drawn in the order of the calls. */
public final class Chart {
    private static final double TICK_SIZE = 10;
    private static final double TITLE_SIZE = 10.5;
    private static final double MARKER_RADIUS = 3.2;

    private final Canvas canvas;
    private final Box area;
    private final Axis x;
    private final Axis y;

    /**
     * Draws the axes.
     *
     * @param area the area between the axes; ticks and titles take about 50 points to its left and 36 below it
     */
    public Chart(Canvas canvas, Box area, Axis x, Axis y) {
        this.canvas = canvas;
        this.area = area;
        this.x = x;
        this.y = y;
        TextStyle tick = TextStyle.of(TICK_SIZE, Paint.FAINT);
        Stroke grid = Stroke.solid(Paint.GRID, 0.8);
        for (double value : y.ticks()) {
            canvas.line(area.x(), y(value), area.right(), y(value), grid);
            canvas.text(y.label(value), area.x() - 6, y(value), tick.ending());
        }
        for (double value : x.ticks()) {
            canvas.line(x(value), area.bottom(), x(value), area.bottom() + 4, Stroke.solid(Paint.FAINT, 0.8));
            canvas.text(x.label(value), x(value), area.bottom() + 12, tick.centred());
        }
        canvas.line(area.x(), area.bottom(), area.right(), area.bottom(), Stroke.solid(Paint.FAINT, 0.8));
        TextStyle title = TextStyle.of(TITLE_SIZE, Paint.INK).centred();
        canvas.text(x.title(), area.centreX(), area.bottom() + 28, title);
        canvas.text(y.title(), area.x() - 44, area.centreY(), title.turned(-90));
    }

    /** Joins points {@code [x, y]} by a line, which has a gap at each point that is not finite. */
    public Chart curve(Stroke stroke, List<double[]> points) {
        List<Point> run = new ArrayList<>();
        for (double[] point : points) {
            if (Double.isFinite(point[0]) && Double.isFinite(point[1])) {
                run.add(new Point(x(point[0]), y(point[1])));
            } else {
                draw(stroke, run);
            }
        }
        draw(stroke, run);
        return this;
    }

    private void draw(Stroke stroke, List<Point> run) {
        if (run.size() == 1) {
            canvas.circle(run.get(0), MARKER_RADIUS, stroke.paint(), "");
        } else if (run.size() > 1) {
            canvas.polyline(run, stroke);
        }
        run.clear();
    }

    /** Draws a bar on the x axis from one x to another. */
    public Chart bar(Paint fill, double from, double to, double height, String tooltip) {
        double width = Math.max(1, x(to) - x(from) - 2);
        canvas.rectangle(new Box(x(from) + 1, y(height), width, area.bottom() - y(height)), fill, tooltip);
        return this;
    }

    /** Draws a marker in the colour and the shape of a series. */
    public Chart marker(int series, double atX, double atY, String tooltip) {
        marker(canvas, series, new Point(x(atX), y(atY)), tooltip);
        return this;
    }

    /** Draws a dashed line between two points, such as a threshold. */
    public Chart rule(double fromX, double fromY, double toX, double toY) {
        canvas.line(x(fromX), y(fromY), x(toX), y(toY), new Stroke(Paint.FAINT, 1, Stroke.Dash.DASHED));
        return this;
    }

    /** Draws a dashed line across the chart at this y, with a name at its right end, such as the level of chance. */
    public Chart level(double atY, String name) {
        rule(x.low(), atY, x.high(), atY);
        canvas.text(
                name,
                area.right(),
                y(atY) - 7,
                TextStyle.of(TICK_SIZE, Paint.FAINT).ending());
        return this;
    }

    /** The shape changes where the colours begin again: circle, square, triangle, diamond. */
    static void marker(Canvas canvas, int series, Point at, String tooltip) {
        Paint paint = Paint.series(series);
        double r = MARKER_RADIUS;
        switch (series / Paint.SERIES_COUNT % 4) {
            case 0 -> canvas.circle(at, r, paint, tooltip);
            case 1 -> canvas.rectangle(new Box(at.x() - r * 0.9, at.y() - r * 0.9, 1.8 * r, 1.8 * r), paint, tooltip);
            case 2 -> canvas.polygon(
                    List.of(
                            new Point(at.x(), at.y() - 1.2 * r),
                            new Point(at.x() + 1.1 * r, at.y() + 0.9 * r),
                            new Point(at.x() - 1.1 * r, at.y() + 0.9 * r)),
                    paint,
                    tooltip);
            default -> canvas.polygon(
                    List.of(
                            new Point(at.x(), at.y() - 1.3 * r),
                            new Point(at.x() + 1.3 * r, at.y()),
                            new Point(at.x(), at.y() + 1.3 * r),
                            new Point(at.x() - 1.3 * r, at.y())),
                    paint,
                    tooltip);
        }
    }

    private double x(double value) {
        return area.x() + x.position(value) * area.width();
    }

    private double y(double value) {
        return area.bottom() - y.position(value) * area.height();
    }
}
