package org.speechemotion.report;

import java.awt.Color;

/** ColorBrewer's sequential Blues (Harrower and Brewer, 2003), which grow darker evenly to the eye. */
final class ColourRamp {

    private static final int[] STEPS = {
        0xf7fbff, 0xdeebf7, 0xc6dbef, 0x9ecae1, 0x6baed6, 0x4292c6, 0x2171b5, 0x08519c, 0x08306b
    };

    private ColourRamp() {}

    /** The colour of a share of 0 (lightest) to 1 (darkest). */
    static Color at(double share) {
        double position = share * (STEPS.length - 1);
        int below = Math.min(STEPS.length - 2, (int) position);
        Color from = new Color(STEPS[below]);
        Color to = new Color(STEPS[below + 1]);
        double part = position - below;
        return new Color(
                mix(from.getRed(), to.getRed(), part),
                mix(from.getGreen(), to.getGreen(), part),
                mix(from.getBlue(), to.getBlue(), part));
    }

    private static int mix(int from, int to, double part) {
        return (int) Math.round(from + (to - from) * part);
    }
}
