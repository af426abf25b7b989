package org.speechemotion.encoder;

import java.io.Serializable;
import java.util.Objects;

/**
 * The settings of a log-mel spectrogram. Code starts from {@link #defaults()} and changes single values by {@code with…}.
 *
 * @param bands the number of mel bands, which is the width of a frame, 1 to 512
 * @param windowMilliseconds the length of the Hann window in ms, above 0 and at most 1000
 * @param hopMilliseconds the hop length in ms, above 0 and at most the window length
 * @param lowestHertz the lower edge of the first band in Hz, at least 0
 * @param highestHertz the upper edge of the last band in Hz, above the lowest and at most half the sample rate
 * @param normalization the normalisation over the clip
 * @param floorDecibels values that are farther below the loudest value of the clip than this, in dB, are raised to that
 *     level before normalisation; 0 for no floor
 * @param speechDecibels frames whose level is farther below the loudest one of the clip than this, in dB, are not speech and
 *     are left out; 0 keeps all frames
 */
public record LogMelSettings(
        int bands,
        double windowMilliseconds,
        double hopMilliseconds,
        double lowestHertz,
        double highestHertz,
        Normalization normalization,
        double floorDecibels,
        double speechDecibels)
        implements Serializable {

    /** @throws IllegalArgumentException if a value is outside its range */
    public LogMelSettings {
        Objects.requireNonNull(normalization, "normalization");
        require(bands >= 1 && bands <= 512, "bands is " + bands + "; allowed: 1 to 512");
        require(
                windowMilliseconds > 0 && windowMilliseconds <= 1000,
                "window-milliseconds is " + windowMilliseconds + "; allowed: above 0 and at most 1000");
        require(
                hopMilliseconds > 0 && hopMilliseconds <= windowMilliseconds,
                "hop-milliseconds is " + hopMilliseconds
                        + "; allowed: above 0 and at most window-milliseconds, which is " + windowMilliseconds);
        require(lowestHertz >= 0, "lowest-hertz is " + lowestHertz + "; allowed: at least 0");
        require(
                highestHertz > lowestHertz && highestHertz < Double.POSITIVE_INFINITY,
                "highest-hertz is " + highestHertz + "; allowed: finite and above lowest-hertz, which is "
                        + lowestHertz);
        require(
                floorDecibels >= 0 && floorDecibels < Double.POSITIVE_INFINITY,
                "floor-decibels is " + floorDecibels + "; allowed: finite and at least 0");
        require(
                speechDecibels >= 0 && speechDecibels < Double.POSITIVE_INFINITY,
                "speech-decibels is " + speechDecibels + "; allowed: finite and at least 0");
    }

    /** Returns 64 bands from 20 Hz to 8 kHz, 25 ms windows, a hop of 10 ms, a floor of 45 dB, speech within 30 dB and mean normalisation. */
    public static LogMelSettings defaults() {
        return new LogMelSettings(64, 25, 10, 20, 8000, Normalization.MEAN, 45, 30);
    }

    /** Returns these settings with another number of bands. */
    public LogMelSettings withBands(int other) {
        return new LogMelSettings(
                other,
                windowMilliseconds,
                hopMilliseconds,
                lowestHertz,
                highestHertz,
                normalization,
                floorDecibels,
                speechDecibels);
    }

    /** Returns these settings with another window and hop length, in ms. */
    public LogMelSettings withFrames(double window, double hop) {
        return new LogMelSettings(
                bands, window, hop, lowestHertz, highestHertz, normalization, floorDecibels, speechDecibels);
    }

    /** Returns these settings with another frequency range, in Hz. */
    public LogMelSettings withRange(double lowest, double highest) {
        return new LogMelSettings(
                bands,
                windowMilliseconds,
                hopMilliseconds,
                lowest,
                highest,
                normalization,
                floorDecibels,
                speechDecibels);
    }

    /** Returns these settings with another normalisation. */
    public LogMelSettings withNormalization(Normalization other) {
        return new LogMelSettings(
                bands,
                windowMilliseconds,
                hopMilliseconds,
                lowestHertz,
                highestHertz,
                other,
                floorDecibels,
                speechDecibels);
    }

    /** Returns these settings with another floor, in dB; 0 for none. */
    public LogMelSettings withFloor(double decibels) {
        return new LogMelSettings(
                bands,
                windowMilliseconds,
                hopMilliseconds,
                lowestHertz,
                highestHertz,
                normalization,
                decibels,
                speechDecibels);
    }

    /** Returns these settings with another distance of speech to the loudest frame, in dB; 0 for all frames. */
    public LogMelSettings withSpeech(double decibels) {
        return new LogMelSettings(
                bands,
                windowMilliseconds,
                hopMilliseconds,
                lowestHertz,
                highestHertz,
                normalization,
                floorDecibels,
                decibels);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
