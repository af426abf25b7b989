package org.speechemotion.audio;

import java.io.Serializable;

/**
 * What a decoder gives and what it refuses.
 *
 * @param sampleRate of the decoded waveforms, in Hz
 * @param minimumSeconds shorter files are rejected, in s
 * @param maximumSeconds longer files are rejected, in s; what is collected into a waveform takes memory accordingly
 * @param maximumBytes larger files are rejected without a look inside, in bytes
 */
public record AudioSettings(int sampleRate, double minimumSeconds, double maximumSeconds, long maximumBytes)
        implements Serializable {

    /** @throws IllegalArgumentException if a value is out of its range, or the longest waveform would not fit an array */
    public AudioSettings {
        require(
                sampleRate >= Resampler.MIN_RATE && sampleRate <= Resampler.MAX_RATE,
                "sample-rate",
                sampleRate,
                "from " + Resampler.MIN_RATE + " to " + Resampler.MAX_RATE + " Hz");
        require(minimumSeconds >= 0, "minimum-seconds", minimumSeconds, "0 or more");
        require(
                maximumSeconds > minimumSeconds,
                "maximum-seconds",
                maximumSeconds,
                "more than minimum-seconds, " + minimumSeconds);
        double longest = Math.floor((double) Resampler.MAX_OUTPUT / sampleRate);
        require(
                maximumSeconds <= longest,
                "maximum-seconds",
                maximumSeconds,
                "at most " + longest + " s at " + sampleRate + " Hz");
        require(maximumBytes > 0, "maximum-bytes", maximumBytes, "1 or more");
    }

    /** 16 kHz, from 0.1 s to 600 s, files up to 256 MiB. */
    public static AudioSettings defaults() {
        return new AudioSettings(16_000, 0.1, 600, 256L << 20);
    }

    private static void require(boolean valid, String key, Number value, String allowed) {
        if (!valid) {
            throw new IllegalArgumentException("audio " + key + " " + value + ": must be " + allowed);
        }
    }
}
