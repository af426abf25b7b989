package org.speechemotion.report;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;

/** What every picture with text needs. */
final class Fonts {
    private Fonts() {}

    /**
     * Prepares for smooth lines and text.
     *
     * @throws IllegalStateException if the Java runtime has no fonts to write with: it takes them from the system
     *     (Debian: {@code fontconfig} and {@code fonts-dejavu-core}) and without them fails in many ways, some of them
     *     Errors, the first time it measures a text
     */
    static void prepare(Graphics2D graphics) {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        try {
            graphics.getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, 12)).stringWidth("true");
        } catch (RuntimeException | Error e) {
            throw new IllegalStateException(
                    "no fonts to draw with; install fontconfig and a font (Debian: fontconfig, fonts-dejavu-core)", e);
        }
    }
}
