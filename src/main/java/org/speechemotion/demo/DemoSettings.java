package org.speechemotion.demo;

import org.speechemotion.corpus.Emotion;

/** How much the demo corpus holds. */
public final class DemoSettings {
    /** Samples per second. */
    public static final int SAMPLE_RATE = 16_000;

    /** Speakers, odd numbers with low voices and even ones with high voices as in RAVDESS. */
    public static final int ACTORS = 12;

    /** Vowel sequences, numbered from 1. */
    public static final int STATEMENTS = 2;

    /** Renderings of each actor, emotion and statement, numbered from 1. */
    public static final int REPETITIONS = 1;

    /** Length of an utterance at the usual rate of speech, s. */
    static final double USUAL_DURATION = 0.72;

    private DemoSettings() {}

    /** Files in the corpus. */
    public static int clips() {
        return ACTORS * Emotion.count() * STATEMENTS * REPETITIONS;
    }
}
