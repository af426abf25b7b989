package org.speechemotion.audio;

/**
 * The original format of a file before mixing and resampling.
 *
 * @param container the format of the file, such as {@code wav}, {@code flac}, {@code mp3}, {@code ogg} or {@code mp4}
 * @param sampleRate the sample rate in Hz; the first one if it changes
 * @param channels the number of channels, at least 1; the first one if it changes
 * @param durationSeconds the duration of the decoded samples in s
 * @param note one line about the defects of a file that was decoded to its end; "" without defects
 */
public record SourceFormat(String container, int sampleRate, int channels, double durationSeconds, String note) {

    /** Creates the format of a file without defects. */
    public SourceFormat(String container, int sampleRate, int channels, double durationSeconds) {
        this(container, sampleRate, channels, durationSeconds, "");
    }
}
