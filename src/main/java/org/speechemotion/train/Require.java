package org.speechemotion.train;

/** The checks that the training settings share. Each throws an IllegalArgumentException that names the key. */
final class Require {
    private Require() {}

    static void atLeast(String name, int value, int min) {
        if (value < min) {
            throw new IllegalArgumentException(name + " is " + value + "; allowed: at least " + min);
        }
    }

    static void atLeast(String name, double value, int min) {
        if (!(value >= min && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " is " + value + "; allowed: at least " + min);
        }
    }

    static void positive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " is " + value + "; allowed: a finite number above 0");
        }
    }

    /** Requires a value from 0 to below 1. */
    static void share(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " is " + value + "; allowed: at least 0 and below 1");
        }
    }
}
