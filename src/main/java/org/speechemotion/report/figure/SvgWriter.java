package org.speechemotion.report.figure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.speechemotion.report.figure.Mark.Point;

/** Writes figures as SVG 1.1. */
final class SvgWriter {
    private final boolean themed;

    /**
     * Prepares a writer.
     *
     * @param themed whether colours and the font follow the page that the element is part of
     */
    SvgWriter(boolean themed) {
        this.themed = themed;
    }

    Markup write(Figure figure) {
        Markup svg = Markup.of("svg")
                .with("xmlns", "http://www.w3.org/2000/svg")
                .with("viewBox", "0 0 " + Axis.number(figure.width()) + " " + Axis.number(figure.height()))
                .with("role", "img")
                .with("aria-label", figure.description());
        if (!themed) {
            svg.with("width", figure.width())
                    .with("height", figure.height())
                    .with("font-family", "Helvetica, Arial, 'Liberation Sans', sans-serif")
                    .add(Markup.of("rect")
                            .with("width", figure.width())
                            .with("height", figure.height())
                            .with("fill", "#ffffff"));
        }
        figure.marks().forEach(mark -> svg.add(element(mark)));
        return svg;
    }

    private Markup element(Mark mark) {
        if (mark instanceof Mark.Polyline line) {
            return stroked(Markup.of("polyline").with("points", points(line.points())), line.stroke());
        } else if (mark instanceof Mark.Polygon polygon) {
            return filled(
                    Markup.of("polygon").with("points", points(polygon.points())), polygon.fill(), polygon.tooltip());
        } else if (mark instanceof Mark.Rectangle rectangle) {
            return filled(boxed("rect", rectangle.box()), rectangle.fill(), rectangle.tooltip());
        } else if (mark instanceof Mark.Circle circle) {
            Markup element = Markup.of("circle")
                    .with("cx", circle.centre().x())
                    .with("cy", circle.centre().y())
                    .with("r", circle.radius());
            return filled(element, circle.fill(), circle.tooltip());
        } else if (mark instanceof Mark.Text text) {
            return text(text);
        }
        return raster((Mark.Raster) mark);
    }

    private Markup stroked(Markup element, Stroke stroke) {
        element.with("fill", "none").with("stroke-width", stroke.width()).with("stroke-linejoin", "round");
        double[] dash = stroke.dash().pattern();
        if (dash[0] > 0) {
            element.with("stroke-dasharray", Axis.number(dash[0]) + " " + Axis.number(dash[1]));
        } else {
            element.with("stroke-linecap", "round");
        }
        return coloured(element, "stroke", stroke.paint());
    }

    private Markup filled(Markup element, Paint fill, String tooltip) {
        coloured(element, "fill", fill);
        return tooltip.isEmpty() ? element : element.add(Markup.of("title", tooltip));
    }

    /** CSS variables are allowed in styles; that attributes take them too is left to the browser. */
    private Markup coloured(Markup element, String property, Paint paint) {
        return themed ? element.with("style", property + ":" + paint.css()) : element.with(property, paint.hex());
    }

    private Markup text(Mark.Text text) {
        TextStyle style = text.style();
        Point position = text.position();
        Markup element = Markup.of("text", text.text())
                .with("x", position.x())
                .with("y", position.y())
                .with("font-size", style.size());
        switch (style.anchor()) {
            case START -> {} // the default
            case MIDDLE -> element.with("text-anchor", "middle");
            case END -> element.with("text-anchor", "end");
        }
        if (style.bold()) {
            element.with("font-weight", "bold");
        }
        if (style.degrees() != 0) {
            element.with(
                    "transform",
                    "rotate(%s %s %s)"
                            .formatted(
                                    Axis.number(style.degrees()),
                                    Axis.number(position.x()),
                                    Axis.number(position.y())));
        }
        return coloured(element, "fill", style.paint());
    }

    private static Markup raster(Mark.Raster raster) {
        try {
            return boxed("image", raster.box())
                    .with("preserveAspectRatio", "none")
                    .with(
                            "href",
                            "data:image/png;base64,"
                                    + Base64.getEncoder().encodeToString(PngWriter.encode(raster.image())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Markup boxed(String name, Box box) {
        return Markup.of(name)
                .with("x", box.x())
                .with("y", box.y())
                .with("width", box.width())
                .with("height", box.height());
    }

    private static String points(List<Point> points) {
        return points.stream()
                .map(point -> Axis.number(point.x()) + "," + Axis.number(point.y()))
                .collect(Collectors.joining(" "));
    }
}
