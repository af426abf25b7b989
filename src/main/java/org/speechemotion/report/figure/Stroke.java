package org.speechemotion.report.figure;

/**
 * The look of a line.
 *
 * @param width the width in points
 */
public record Stroke(Paint paint, double width, Dash dash) {
    /** The pattern of a line. */
    public enum Dash {
        SOLID(0, 0),
        DASHED(6, 4),
        DOTTED(1.5, 3);

        private final double on;
        private final double off;

        Dash(double on, double off) {
            this.on = on;
            this.off = off;
        }

        /** Length of a dash and of the gap behind it, in points; both are 0 for a solid line. */
        double[] pattern() {
            return new double[] {on, off};
        }
    }

    /** Returns a solid line of this width in points. */
    public static Stroke solid(Paint paint, double width) {
        return new Stroke(paint, width, Dash.SOLID);
    }

    /** Returns the line of a series of data: its colour, and a different pattern once the colours are used up. */
    public static Stroke series(int index) {
        Dash[] dashes = Dash.values();
        return new Stroke(Paint.series(index), 1.8, dashes[index / Paint.SERIES_COUNT % dashes.length]);
    }
}
