package org.speechemotion.scoring;

import java.io.Serializable;
import java.util.Objects;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.Channels;

/**
 * The settings of recordings that may be longer than a clip.
 *
 * @param windowSeconds the length of the windows in which longer recordings are scored, in s
 * @param hopSeconds the hop from one window to the next, in s
 * @param smoothingSeconds the time around a segment over which its probabilities are averaged, in s; 0 for no smoothing
 * @param silenceDecibels the margin above the noise floor that a frame of speech must exceed, in dB
 * @param channels whether channels are mixed or scored separately
 * @param maximumSeconds the duration of the longest recording that is not rejected, in s
 * @param maximumBytes the size of the largest file that is not rejected unread, in bytes
 */
public record RecordingSettings(
        double windowSeconds,
        double hopSeconds,
        double smoothingSeconds,
        double silenceDecibels,
        Channels channels,
        double maximumSeconds,
        long maximumBytes)
        implements Serializable {
    private static final double MIN_HOP = 0.1;
    private static final double MAX_WINDOW = 60;
    private static final double MAX_SMOOTHING = 3600;

    /** @throws IllegalArgumentException if a value is out of its range */
    public RecordingSettings {
        Objects.requireNonNull(channels, "channels");
        require("window-seconds", windowSeconds, MIN_HOP, MAX_WINDOW);
        // With a longer hop, parts of the recording would be in no window.
        require("hop-seconds", hopSeconds, MIN_HOP, windowSeconds);
        require("smoothing-seconds", smoothingSeconds, 0, MAX_SMOOTHING);
        require("silence-decibels", silenceDecibels, 0, 60);
    }

    /** Returns windows of 5 s every 2.5 s, smoothed over 25 s; 9 dB; the mix of the channels; at most 12 h and 16 GiB. */
    public static RecordingSettings defaults() {
        return new RecordingSettings(5, 2.5, 25, 9, Channels.MIX, 43_200, 16L << 30);
    }

    public RecordingSettings withWindows(double seconds, double hop) {
        return new RecordingSettings(
                seconds, hop, smoothingSeconds, silenceDecibels, channels, maximumSeconds, maximumBytes);
    }

    public RecordingSettings withSmoothing(double seconds) {
        return new RecordingSettings(
                windowSeconds, hopSeconds, seconds, silenceDecibels, channels, maximumSeconds, maximumBytes);
    }

    public RecordingSettings withSilence(double decibels) {
        return new RecordingSettings(
                windowSeconds, hopSeconds, smoothingSeconds, decibels, channels, maximumSeconds, maximumBytes);
    }

    public RecordingSettings withChannels(Channels other) {
        return new RecordingSettings(
                windowSeconds, hopSeconds, smoothingSeconds, silenceDecibels, other, maximumSeconds, maximumBytes);
    }

    public RecordingSettings withLimits(double seconds, long bytes) {
        return new RecordingSettings(
                windowSeconds, hopSeconds, smoothingSeconds, silenceDecibels, channels, seconds, bytes);
    }

    /** Returns the settings of decoding: those of clips, with the limits of recordings. */
    public AudioSettings audio(AudioSettings clips) {
        return new AudioSettings(
                clips.sampleRate(), clips.minimumSeconds(), maximumSeconds, maximumBytes, clips.ffmpeg());
    }

    private static void require(String key, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException("score." + key + " is " + value + "; allowed: " + min + " to " + max);
        }
    }
}
