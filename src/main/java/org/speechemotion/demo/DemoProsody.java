package org.speechemotion.demo;

import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.random.KeyedRandom;

/**
 * The prosody of an utterance relative to the neutral voice of its speaker. The directions follow the reviews of vocal
 * expression by Murray and Arnott (1993) and Juslin and Laukka (2003); the sizes are our choice.
 *
 * @param level the mean pitch above that of the speaker, in semitones
 * @param range the amplitude of the pitch contour, in semitones
 * @param contour the shape of the pitch contour
 * @param rate the speech rate relative to that of the speaker
 * @param energy the loudness above that of the speaker, in dB
 * @param brightness the energy of high harmonics: 0 for a modal, 1 for a pressed and −1 for a lax voice
 * @param breath the aspiration noise relative to the voiced source
 * @param roughness the perturbation of period and amplitude: jitter as a share of the period, and an additional weakening
 *     of every second period
 * @param tremor the depth of a pitch tremor of 9 Hz, in semitones
 * @param pause the silent share of each syllable
 */
record DemoProsody(
        double level,
        double range,
        Contour contour,
        double rate,
        double energy,
        double brightness,
        double breath,
        double roughness,
        double tremor,
        double pause) {

    /** A pitch contour: time is in [0, 1] and pitch in [−1, 1]. */
    enum Contour {
        LEVEL,
        FALLING,
        RISING,
        ARCHED,
        /** The pitch falls on every syllable. */
        ACCENTED;

        double at(double time, double timeInSyllable) {
            return switch (this) {
                case LEVEL -> 0;
                case FALLING -> 1 - 2 * time;
                case RISING -> 2 * time * time - 1;
                case ARCHED -> 2 * StrictMath.sin(StrictMath.PI * time) - 1;
                case ACCENTED -> 1 - 2 * timeInSyllable;
            };
        }
    }

    /** Returns the prosody of an emotion; the columns are in the order of the components. */
    static DemoProsody of(Emotion emotion) {
        return switch (emotion.id()) {
            case "neutral" -> new DemoProsody(0.0, 1.5, Contour.FALLING, 1.00, 0.0, 0.0, 0.03, 0.005, 0.0, 0.10);
            case "calm" -> new DemoProsody(-1.0, 1.0, Contour.LEVEL, 0.88, -4.0, -0.4, 0.12, 0.005, 0.0, 0.05);
            case "happy" -> new DemoProsody(4.0, 4.0, Contour.ARCHED, 1.10, 3.0, 0.4, 0.03, 0.008, 0.0, 0.08);
            case "sad" -> new DemoProsody(-2.0, 2.0, Contour.FALLING, 0.80, -6.0, -0.9, 0.08, 0.015, 0.3, 0.12);
            case "angry" -> new DemoProsody(3.0, 4.0, Contour.ACCENTED, 1.12, 6.0, 1.0, 0.03, 0.040, 0.0, 0.18);
            case "fearful" -> new DemoProsody(5.0, 1.5, Contour.LEVEL, 1.20, 0.0, 0.0, 0.15, 0.025, 1.2, 0.15);
            case "disgust" -> new DemoProsody(-1.5, 3.0, Contour.ACCENTED, 0.85, -1.0, 0.2, 0.06, 0.060, 0.0, 0.20);
            case "surprised" -> new DemoProsody(4.0, 6.0, Contour.RISING, 1.02, 2.0, 0.2, 0.06, 0.008, 0.0, 0.08);
            default -> throw new IllegalArgumentException(
                    "emotion is %s; allowed: %s".formatted(emotion, EmotionSet.EIGHT));
        };
    }

    /** Returns one rendering of this prosody by a speaker with a certain strength of expression. */
    DemoProsody expressed(double strength, KeyedRandom random) {
        return new DemoProsody(
                strength * level + 0.6 * random.nextGaussian(),
                strength * range * random.nextDouble(0.7, 1.3),
                contour,
                1 + strength * (rate - 1) + 0.04 * random.nextGaussian(),
                strength * energy + 0.8 * random.nextGaussian(),
                strength * brightness + 0.1 * random.nextGaussian(),
                breath * random.nextDouble(0.5, 1.5),
                roughness * random.nextDouble(0.5, 1.5),
                tremor * random.nextDouble(0.6, 1.4),
                pause * random.nextDouble(0.6, 1.4));
    }
}
