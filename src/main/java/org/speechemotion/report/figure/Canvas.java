package org.speechemotion.report.figure;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.speechemotion.report.figure.Mark.Point;

/** Collects the marks of a figure. It is not thread-safe. */
public final class Canvas {
    private final List<Mark> marks = new ArrayList<>();

    public Canvas line(double x1, double y1, double x2, double y2, Stroke stroke) {
        return polyline(List.of(new Point(x1, y1), new Point(x2, y2)), stroke);
    }

    public Canvas polyline(List<Point> points, Stroke stroke) {
        marks.add(new Mark.Polyline(points, stroke));
        return this;
    }

    public Canvas polygon(List<Point> points, Paint fill, String tooltip) {
        marks.add(new Mark.Polygon(points, fill, tooltip));
        return this;
    }

    public Canvas rectangle(Box box, Paint fill, String tooltip) {
        marks.add(new Mark.Rectangle(box, fill, tooltip));
        return this;
    }

    /** Draws the edge of a box. */
    public Canvas outline(Box box, Stroke stroke) {
        Point corner = new Point(box.x(), box.y());
        return polyline(
                List.of(
                        corner,
                        new Point(box.right(), box.y()),
                        new Point(box.right(), box.bottom()),
                        new Point(box.x(), box.bottom()),
                        corner),
                stroke);
    }

    public Canvas circle(Point centre, double radius, Paint fill, String tooltip) {
        marks.add(new Mark.Circle(centre, radius, fill, tooltip));
        return this;
    }

    /** Writes a text with its anchor at x and the middle of its capital letters at y. */
    public Canvas text(String text, double x, double y, TextStyle style) {
        double angle = Math.toRadians(style.degrees());
        Point baseline = new Point(x - Math.sin(angle) * style.toBaseline(), y + Math.cos(angle) * style.toBaseline());
        marks.add(new Mark.Text(text, baseline, style));
        return this;
    }

    public Canvas raster(BufferedImage image, Box box) {
        marks.add(new Mark.Raster(image, box));
        return this;
    }

    /** Returns the figure as drawn so far; the parameters are those of {@link Figure}. */
    public Figure toFigure(double width, double height, String description) {
        return new Figure(width, height, description, marks);
    }
}
