package org.speechemotion.augment;

/** Validates settings of augmentations. */
final class Ranges {
    private Ranges() {}

    /**
     * Validates a range.
     *
     * @param name the name of the augmentation
     * @param unit the common part of the keys, such as {@code decibels} of {@code lowest-decibels}
     * @throws IllegalArgumentException unless min ≤ lowest ≤ highest ≤ max
     */
    static void require(String name, String unit, double lowest, double highest, double min, double max) {
        if (!(min <= lowest && lowest <= highest && highest <= max)) {
            throw new IllegalArgumentException("augmentation." + name + ".lowest-" + unit + " is " + lowest
                    + " and highest-" + unit + " " + highest + "; allowed: " + min + " ≤ lowest ≤ highest ≤ " + max);
        }
    }

    /**
     * Validates a setting.
     *
     * @param name the name of the augmentation
     * @param setting the key in the section of the augmentation
     * @throws IllegalArgumentException unless min ≤ value ≤ max
     */
    static void require(String name, String setting, double value, double min, double max) {
        if (!(min <= value && value <= max)) {
            throw new IllegalArgumentException(
                    "augmentation." + name + "." + setting + " is " + value + "; allowed: " + min + " to " + max);
        }
    }
}
