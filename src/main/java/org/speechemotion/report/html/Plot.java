package org.speechemotion.report.html;

import java.util.List;
import java.util.stream.Collectors;
import org.speechemotion.report.Axis;

/** A plot's frame of 360 × 250 units: two axes, a grid, and where a value lies. What is drawn is added in its order. */
final class Plot {
    static final double WIDTH = 360;
    static final double HEIGHT = 250;
    private static final double LEFT = 56;
    private static final double RIGHT = 12;
    private static final double TOP = 10;
    private static final double BOTTOM = 40;

    private final Axis x;
    private final Axis y;
    private final Markup svg;

    /**
     * Draws the frame.
     *
     * @param description for people who do not see it
     */
    Plot(String description, Axis x, Axis y) {
        this.x = x;
        this.y = y;
        svg = svg(description, WIDTH, HEIGHT);
        for (double tick : y.ticks()) {
            svg.add(line("grid", LEFT, y(tick), WIDTH - RIGHT, y(tick)));
            svg.add(label(y.label(tick), LEFT - 6, y(tick) + 4, "end"));
        }
        for (double tick : x.ticks()) {
            svg.add(line("grid", x(tick), HEIGHT - BOTTOM, x(tick), HEIGHT - BOTTOM + 4));
            svg.add(label(x.label(tick), x(tick), HEIGHT - BOTTOM + 17, "middle"));
        }
        svg.add(label(x.title(), (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 5, "middle"));
        svg.add(label(y.title(), 0, 0, "middle")
                .with("transform", "translate(10 " + Axis.number((TOP + HEIGHT - BOTTOM) / 2) + ") rotate(-90)"));
    }

    static Markup svg(String description, double width, double height) {
        return Markup.of("svg")
                .with("xmlns", "http://www.w3.org/2000/svg")
                .with("viewBox", "0 0 " + Axis.number(width) + " " + Axis.number(height))
                .with("role", "img")
                .with("aria-label", description);
    }

    double x(double value) {
        return LEFT + x.position(value) * (WIDTH - LEFT - RIGHT);
    }

    double y(double value) {
        return HEIGHT - BOTTOM - y.position(value) * (HEIGHT - BOTTOM - TOP);
    }

    /** Joins points {@code [x, y]}; a value that is not finite is a gap. */
    Plot curve(String style, List<double[]> points) {
        List<double[]> finite = points.stream()
                .filter(point -> Double.isFinite(point[0]) && Double.isFinite(point[1]))
                .toList();
        if (finite.size() == 1) {
            return dot(style, finite.get(0)[0], finite.get(0)[1], "");
        }
        String path = finite.stream()
                .map(point -> Axis.number(x(point[0])) + "," + Axis.number(y(point[1])))
                .collect(Collectors.joining(" "));
        svg.add(Markup.of("polyline").with("class", "curve " + style).with("points", path));
        return this;
    }

    /** A bar that stands on the axis; its text is shown to whoever points at it. */
    Plot bar(String style, double from, double to, double height, String text) {
        svg.add(Markup.of("rect")
                .with("class", "bar " + style)
                .with("x", x(from) + 1)
                .with("y", y(height))
                .with("width", Math.max(1, x(to) - x(from) - 2))
                .with("height", y(y.low()) - y(height))
                .add(Markup.of("title", text)));
        return this;
    }

    Plot dot(String style, double atX, double atY, String text) {
        Markup dot = Markup.of("circle")
                .with("class", "dot " + style)
                .with("cx", x(atX))
                .with("cy", y(atY))
                .with("r", 3.5);
        svg.add(text.isEmpty() ? dot : dot.add(Markup.of("title", text)));
        return this;
    }

    Plot rule(double fromX, double fromY, double toX, double toY) {
        svg.add(line("rule", x(fromX), y(fromY), x(toX), y(toY)));
        return this;
    }

    Markup svg() {
        return svg;
    }

    static Markup label(String text, double x, double y, String anchor) {
        return Markup.of("text", text).with("x", x).with("y", y).with("text-anchor", anchor);
    }

    private static Markup line(String style, double x1, double y1, double x2, double y2) {
        return Markup.of("line")
                .with("class", style)
                .with("x1", x1)
                .with("y1", y1)
                .with("x2", x2)
                .with("y2", y2);
    }
}
