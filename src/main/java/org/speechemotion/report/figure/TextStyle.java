package org.speechemotion.report.figure;

/**
 * The look of a text.
 *
 * @param size the font size in points
 * @param anchor the part of the text that lies at its position
 * @param degrees the angle by which the text is turned clockwise around its position
 */
public record TextStyle(double size, boolean bold, Paint paint, Anchor anchor, double degrees) {
    /** A part of a text along its baseline. */
    public enum Anchor {
        START(0),
        MIDDLE(0.5),
        END(1);

        private final double share;

        Anchor(double share) {
            this.share = share;
        }

        /** Returns the share of the text's width that lies before the position. */
        double share() {
            return share;
        }
    }

    /** Returns an upright style for text that begins at its position. */
    public static TextStyle of(double size, Paint paint) {
        return new TextStyle(size, false, paint, Anchor.START, 0);
    }

    public TextStyle centred() {
        return new TextStyle(size, bold, paint, Anchor.MIDDLE, degrees);
    }

    /** Returns this style for text that ends at its position. */
    public TextStyle ending() {
        return new TextStyle(size, bold, paint, Anchor.END, degrees);
    }

    public TextStyle inBold() {
        return new TextStyle(size, true, paint, anchor, degrees);
    }

    public TextStyle turned(double clockwise) {
        return new TextStyle(size, bold, paint, anchor, clockwise);
    }

    /** Returns the distance from the middle of the capital letters down to the baseline, in points. */
    public double toBaseline() {
        return 0.36 * size;
    }
}
