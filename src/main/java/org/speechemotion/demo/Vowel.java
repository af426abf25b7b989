package org.speechemotion.demo;

/** Vowels with the mean formants of men by Peterson and Barney (1952) and a fourth formant at 3,500 Hz. */
enum Vowel {
    HEED(270, 2290, 3010),
    HID(390, 1990, 2550),
    HEAD(530, 1840, 2480),
    HAD(660, 1720, 2410),
    HOD(730, 1090, 2440),
    HAWED(570, 840, 2410),
    HOOD(440, 1020, 2240),
    WHOD(300, 870, 2240),
    HUD(640, 1190, 2390);

    static final int FORMANTS = 4;

    private final double first;
    private final double second;
    private final double third;

    Vowel(double first, double second, double third) {
        this.first = first;
        this.second = second;
        this.third = third;
    }

    /** Returns the frequency in Hz of a formant, counted from 0. */
    double formant(int index) {
        return switch (index) {
            case 0 -> first;
            case 1 -> second;
            case 2 -> third;
            default -> 3500;
        };
    }

    /** Returns the bandwidth in Hz of a formant, counted from 0. */
    static double bandwidth(int index) {
        return switch (index) {
            case 0 -> 80;
            case 1 -> 100;
            case 2 -> 140;
            default -> 200;
        };
    }
}
