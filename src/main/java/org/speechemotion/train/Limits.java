package org.speechemotion.train;

/** The checks that the settings of training share; each throws an IllegalArgumentException that names the key. */
final class Limits {
    private Limits() {}

    static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ": allowed is " + least + " or more");
        }
    }

    static void atLeast(String name, double value, int least) {
        if (!(value >= least && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " is " + value + ": allowed is " + least + " or more");
        }
    }

    static void positive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " is " + value + ": allowed is a number above 0");
        }
    }

    /** From 0 to below 1. */
    static void share(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " is " + value + ": allowed is 0 up to, not including, 1");
        }
    }
}
