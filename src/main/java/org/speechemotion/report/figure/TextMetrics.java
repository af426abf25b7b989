package org.speechemotion.report.figure;

import java.util.ArrayList;
import java.util.List;

/**
 * Widths of texts in Helvetica, from Adobe's font metrics. Every layout decision is made by these alone, so that a figure
 * has the same layout in every format and needs no font before it is drawn. Fonts that take Helvetica's place may be wider:
 * {@link #fit} and {@link #wrap} leave a reserve for them.
 */
public final class TextMetrics {
    /** DejaVu Sans, common on Linux, is about this much wider than Helvetica. */
    private static final double RESERVE = 1.17;
    /** No sensible label is longer, and measuring a huge one would take long. */
    private static final int MAX_LENGTH = 200;

    private static final int DEFAULT_WIDTH = 600;

    /** The widths of the characters from the space to the tilde, in 1/1000 of the font's size. */
    private static final int[] WIDTHS = {
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, // space to /
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 to ?
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // @ to O
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P to _
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // ` to o
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584 // p to ~
    };

    private TextMetrics() {}

    /** Returns the width of a text in Helvetica of this size, in points. */
    public static double width(String text, double size) {
        return text.chars()
                        .map(character ->
                                character >= ' ' && character <= '~' ? WIDTHS[character - ' '] : DEFAULT_WIDTH)
                        .asLongStream()
                        .sum()
                * size
                / 1000;
    }

    /** Returns the maximum width of a text in any font, in points. */
    public static double room(String text, double size) {
        return width(shortened(text), size) * RESERVE;
    }

    /** Cuts a text, marking the cut by an ellipsis, so that it fits into this many points. */
    public static String fit(String text, double size, double room) {
        String fitting = shortened(text);
        while (room(fitting, size) > room && fitting.length() > 2) {
            fitting = fitting.substring(0, fitting.length() - 2) + "…";
        }
        return fitting;
    }

    /** Breaks a text at spaces into lines that fit into this many points; a longer word is a line by itself. */
    public static List<String> wrap(String text, double size, double room) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && width(line + " " + word, size) * RESERVE > room) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String shortened(String text) {
        return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
    }
}
