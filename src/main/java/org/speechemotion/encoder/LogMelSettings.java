package org.speechemotion.encoder;

import java.io.Serializable;
import java.util.Objects;

/**
 * Settings of a log-mel spectrogram.
 *
 * @param bands mel bands, the width of a frame, 1 to 512
 * @param windowMilliseconds length of the Hann window in ms, above 0 and at most 1000
 * @param hopMilliseconds from one frame to the next in ms, above 0 and at most the window
 * @param lowestHertz lower edge of the first band in Hz, at least 0
 * @param highestHertz upper edge of the last band in Hz, above the lowest and at most half the sample rate
 * @param normalization of each band over the clip
 * @param floorDecibels what is so far below a clip's loudest value is raised to that, in dB, before it is normalised; 0
 *     for no floor
 */
public record LogMelSettings(
        int bands,
        double windowMilliseconds,
        double hopMilliseconds,
        double lowestHertz,
        double highestHertz,
        Normalization normalization,
        double floorDecibels)
        implements Serializable {

    /** @throws IllegalArgumentException if a value is outside its range */
    public LogMelSettings {
        Objects.requireNonNull(normalization, "normalization");
        require(bands >= 1 && bands <= 512, "bands must be 1 to 512, not " + bands);
        require(
                windowMilliseconds > 0 && windowMilliseconds <= 1000,
                "window-milliseconds must be above 0 and at most 1000, not " + windowMilliseconds);
        require(
                hopMilliseconds > 0 && hopMilliseconds <= windowMilliseconds,
                "hop-milliseconds must be above 0 and at most the window's " + windowMilliseconds + ", not "
                        + hopMilliseconds);
        require(lowestHertz >= 0, "lowest-hertz must be at least 0, not " + lowestHertz);
        require(
                highestHertz > lowestHertz && highestHertz < Double.POSITIVE_INFINITY,
                "highest-hertz must be finite and above lowest-hertz " + lowestHertz + ", not " + highestHertz);
        require(
                floorDecibels >= 0 && floorDecibels < Double.POSITIVE_INFINITY,
                "floor-decibels must be finite and at least 0, not " + floorDecibels);
    }

    /** Without a floor. */
    public LogMelSettings(
            int bands,
            double windowMilliseconds,
            double hopMilliseconds,
            double lowestHertz,
            double highestHertz,
            Normalization normalization) {
        this(bands, windowMilliseconds, hopMilliseconds, lowestHertz, highestHertz, normalization, 0);
    }

    /** 64 bands from 20 Hz to 8 kHz, 25 ms windows every 10 ms, over 60 dB, mean and variance normalised. */
    public static LogMelSettings defaults() {
        return new LogMelSettings(64, 25, 10, 20, 8000, Normalization.MEAN, 45);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
