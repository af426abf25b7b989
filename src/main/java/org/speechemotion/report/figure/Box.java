package org.speechemotion.report.figure;

/**
 * An upright rectangle.
 *
 * @param x the position of its left edge, in points from the left edge of the figure
 * @param y the position of its upper edge, in points from the upper edge of the figure
 * @param width the width in points
 * @param height the height in points
 */
public record Box(double x, double y, double width, double height) {
    /** Returns the x coordinate of the right edge. */
    public double right() {
        return x + width;
    }

    /** Returns the y coordinate of the lower edge. */
    public double bottom() {
        return y + height;
    }

    /** Returns the x coordinate of the centre. */
    public double centreX() {
        return x + width / 2;
    }

    /** Returns the y coordinate of the centre. */
    public double centreY() {
        return y + height / 2;
    }
}
