package org.speechemotion.augment;

/** Checks what augmentations draw from. */
final class Ranges {
    private Ranges() {}

    /**
     * Checks a range of an augmentation.
     *
     * @param name of the augmentation
     * @param unit what lowest and highest are called by: {@code lowest-decibels}, {@code highest-decibels}
     * @throws IllegalArgumentException unless least ≤ lowest ≤ highest ≤ greatest
     */
    static void require(String name, String unit, double lowest, double highest, double least, double greatest) {
        if (!(least <= lowest && lowest <= highest && highest <= greatest)) {
            throw new IllegalArgumentException("augmentation." + name + ".lowest-" + unit + " is " + lowest
                    + " and highest-" + unit + " " + highest + ": allowed is " + least + " ≤ lowest ≤ highest ≤ "
                    + greatest);
        }
    }

    /**
     * Checks a setting of an augmentation.
     *
     * @param name of the augmentation
     * @param setting its key in the augmentation's section
     * @throws IllegalArgumentException unless least ≤ value ≤ greatest
     */
    static void require(String name, String setting, double value, double least, double greatest) {
        if (!(least <= value && value <= greatest)) {
            throw new IllegalArgumentException("augmentation." + name + "." + setting + " is " + value + ": allowed is "
                    + least + " to " + greatest);
        }
    }
}
