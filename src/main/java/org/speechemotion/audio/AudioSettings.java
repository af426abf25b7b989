package org.speechemotion.audio;

import java.io.Serializable;
import org.speechemotion.audio.ffmpeg.FfmpegSettings;

/**
 * The sample rate and the limits of a decoder.
 *
 * @param sampleRate the sample rate of the decoded waveforms in Hz
 * @param minimumSeconds the minimum duration in s
 * @param maximumSeconds the maximum duration in s, which bounds the memory of a waveform
 * @param maximumBytes the maximum size of a file in bytes; larger files are rejected unread
 * @param ffmpeg the program for other formats than WAV, FLAC and MP3
 */
public record AudioSettings(
        int sampleRate, double minimumSeconds, double maximumSeconds, long maximumBytes, FfmpegSettings ffmpeg)
        implements Serializable {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is out of its range, or the longest waveform would not fit an array
     */
    public AudioSettings {
        require(
                sampleRate >= Resampler.MIN_RATE && sampleRate <= Resampler.MAX_RATE,
                "sample-rate",
                sampleRate,
                "from " + Resampler.MIN_RATE + " to " + Resampler.MAX_RATE + " Hz");
        require(minimumSeconds >= 0, "minimum-seconds", minimumSeconds, "at least 0");
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
        require(maximumBytes > 0, "maximum-bytes", maximumBytes, "at least 1");
    }

    /** Creates settings with the defaults of ffmpeg. */
    public AudioSettings(int sampleRate, double minimumSeconds, double maximumSeconds, long maximumBytes) {
        this(sampleRate, minimumSeconds, maximumSeconds, maximumBytes, FfmpegSettings.defaults());
    }

    /** Returns settings with another program or other limits of it. */
    public AudioSettings with(FfmpegSettings other) {
        return new AudioSettings(sampleRate, minimumSeconds, maximumSeconds, maximumBytes, other);
    }

    /** Returns the defaults: 16 kHz, 0.1 s to 600 s, and files of up to 256 MiB. */
    public static AudioSettings defaults() {
        return new AudioSettings(16_000, 0.1, 600, 256L << 20);
    }

    private static void require(boolean valid, String key, Number value, String allowed) {
        if (!valid) {
            throw new IllegalArgumentException("audio." + key + " is " + value + "; allowed: " + allowed);
        }
    }
}
