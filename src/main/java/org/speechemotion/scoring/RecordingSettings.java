package org.speechemotion.scoring;

import java.io.Serializable;
import java.util.Objects;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.Channels;

/**
 * How recordings are scored that may be longer than a clip.
 *
 * @param windowSeconds longer ones are scored in windows of this length, in s
 * @param hopSeconds from one window's beginning to the next one's, in s
 * @param smoothingSeconds over how much time around a segment its probabilities are averaged, in s; 0 for none
 * @param silenceDecibels how far a frame must be above the noise floor to count as speech, in dB
 * @param channels whether they are mixed or scored each by itself
 * @param maximumSeconds longer recordings are rejected, in s
 * @param maximumBytes larger files are rejected unread, in bytes
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
    private static final double SHORTEST_HOP = 0.1;
    private static final double LONGEST_WINDOW = 60;
    private static final double LONGEST_SMOOTHING = 3600;

    /** @throws IllegalArgumentException if a value is out of its range */
    public RecordingSettings {
        Objects.requireNonNull(channels, "channels");
        require("window-seconds", windowSeconds, SHORTEST_HOP, LONGEST_WINDOW);
        // With a longer hop there would be time that no window hears.
        require("hop-seconds", hopSeconds, SHORTEST_HOP, windowSeconds);
        require("smoothing-seconds", smoothingSeconds, 0, LONGEST_SMOOTHING);
        require("silence-decibels", silenceDecibels, 0, 60);
    }

    /** Windows of 5 s every 2.5 s, smoothed over 25 s; 9 dB; the mix; up to 12 h and 16 GiB. */
    public static RecordingSettings defaults() {
        return new RecordingSettings(5, 2.5, 25, 9, Channels.MIX, 43_200, 16L << 30);
    }

    /** How audio is decoded: as clips are, but for the limits. */
    public AudioSettings audio(AudioSettings clips) {
        return new AudioSettings(clips.sampleRate(), clips.minimumSeconds(), maximumSeconds, maximumBytes);
    }

    private static void require(String key, double value, double least, double greatest) {
        if (!(value >= least && value <= greatest)) {
            throw new IllegalArgumentException(
                    "score." + key + " is " + value + ": allowed is " + least + " to " + greatest);
        }
    }
}
