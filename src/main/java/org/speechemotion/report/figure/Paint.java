package org.speechemotion.report.figure;

import java.util.List;
import java.util.Locale;

/**
 * A colour. On a page it follows the page's theme; in a file it has a fixed value that suits white paper.
 *
 * @param css the value of a CSS property, which falls back to the fixed value where the page defines no theme
 * @param rgb the fixed value, {@code 0xRRGGBB}
 */
public record Paint(String css, int rgb) {
    /** Text and axes. */
    public static final Paint INK = named("ink", 0x1d2025);
    /** Secondary text. */
    public static final Paint FAINT = named("faint", 0x5d6470);
    /** Grid lines. */
    public static final Paint GRID = named("line", 0xe2e3e7);
    /** The background. */
    public static final Paint SURFACE = named("surface", 0xffffff);
    /** Text on a dark cell of a heat map. */
    public static final Paint ON_HEAT = named("on-heat", 0xffffff);

    /** The colours of Okabe and Ito (2008), which colour-blind readers can tell apart, without yellow, and a grey. */
    private static final List<Integer> SERIES =
            List.of(0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0x7a5195, 0x767676);

    /** ColorBrewer's sequential Blues (Harrower and Brewer 2003), which grow evenly darker to the eye. */
    private static final int[] BLUES = {
        0xf7fbff, 0xdeebf7, 0xc6dbef, 0x9ecae1, 0x6baed6, 0x4292c6, 0x2171b5, 0x08519c, 0x08306b
    };

    /** The number of colours of {@link #series}, after which they repeat. */
    public static final int SERIES_COUNT = SERIES.size();

    /**
     * Returns the colour of a series of data.
     *
     * @param index the index from 0; the colours begin again after {@link #SERIES_COUNT}
     */
    public static Paint series(int index) {
        int colour = index % SERIES_COUNT;
        return named("series-" + (colour + 1), SERIES.get(colour));
    }

    /** Returns the colour of a cell of a heat map: the greater the share, from 0 to 1, the stronger the colour. */
    public static Paint heat(double share) {
        String css = String.format(Locale.ROOT, "rgb(var(--heat, 8 69 148) / %.3f)", 0.05 + 0.95 * share);
        return new Paint(css, ramp(share));
    }

    private static Paint named(String name, int rgb) {
        return new Paint("var(--%s, %s)".formatted(name, hex(rgb)), rgb);
    }

    /** Returns the fixed value as CSS and SVG write it: {@code #rrggbb}. */
    public String hex() {
        return hex(rgb);
    }

    private static String hex(int rgb) {
        return "#%06x".formatted(rgb);
    }

    private static int ramp(double share) {
        double position = share * (BLUES.length - 1);
        int below = Math.min(BLUES.length - 2, (int) position);
        double part = position - below;
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = BLUES[below] >> shift & 0xff;
            int to = BLUES[below + 1] >> shift & 0xff;
            mixed |= (int) Math.round(from + (to - from) * part) << shift;
        }
        return mixed;
    }
}
