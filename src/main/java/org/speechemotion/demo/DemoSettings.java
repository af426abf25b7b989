package org.speechemotion.demo;

import org.speechemotion.corpus.EmotionSet;

/** The size of the demo corpus. */
public final class DemoSettings {
    /** The sample rate in Hz. */
    public static final int SAMPLE_RATE = 16_000;

    /** The number of speakers; as in RAVDESS, odd ones have low and even ones high voices. */
    public static final int SPEAKERS = 12;

    /** The number of statements, which are sequences of vowels. */
    public static final int STATEMENTS = 2;

    /** The number of renderings of each speaker, emotion and statement. */
    public static final int REPETITIONS = 1;

    /** The duration of an utterance at a speech rate of 1, in s. */
    static final double DURATION_SECONDS = 0.72;

    private DemoSettings() {}

    /** Returns the number of files. */
    public static int clips() {
        return SPEAKERS * EmotionSet.EIGHT.size() * STATEMENTS * REPETITIONS;
    }
}
