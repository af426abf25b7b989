package org.speechemotion.report.figure;

import java.awt.image.BufferedImage;
import java.util.List;

/** Something that is drawn on a figure. Coordinates are in points, from the upper left corner. */
public sealed interface Mark {
    /** A place on a figure. */
    record Point(double x, double y) {}

    /** Straight lines from each point to the next. */
    record Polyline(List<Point> points, Stroke stroke) implements Mark {
        public Polyline {
            points = List.copyOf(points);
        }
    }

    /**
     * A filled area.
     *
     * @param points its corners, in order
     * @param tooltip a text for readers who point at the mark; may be empty
     */
    record Polygon(List<Point> points, Paint fill, String tooltip) implements Mark {
        public Polygon {
            points = List.copyOf(points);
        }
    }

    /**
     * A filled rectangle.
     *
     * @param tooltip as for {@link Polygon}
     */
    record Rectangle(Box box, Paint fill, String tooltip) implements Mark {}

    /**
     * A filled circle.
     *
     * @param tooltip as for {@link Polygon}
     */
    record Circle(Point centre, double radius, Paint fill, String tooltip) implements Mark {}

    /**
     * A line of text.
     *
     * @param position the position of the text's anchor, on the baseline
     */
    record Text(String text, Point position, TextStyle style) implements Mark {}

    /** A picture, stretched to fill a box. */
    record Raster(BufferedImage image, Box box) implements Mark {}
}
