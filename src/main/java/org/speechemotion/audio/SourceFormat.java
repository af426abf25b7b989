package org.speechemotion.audio;

/**
 * What a file held before it was mixed down and resampled.
 *
 * @param container {@code wav}, {@code flac} or {@code mp3}
 * @param sampleRate in Hz; that of the beginning, where it changes
 * @param channels at least one; that of the beginning, where it changes
 * @param durationSeconds of the samples that were decoded, in s
 * @param note one line on what is wrong with the file although it was heard to its end, or "" if nothing is
 */
public record SourceFormat(String container, int sampleRate, int channels, double durationSeconds, String note) {

    /** A file with which nothing is wrong. */
    public SourceFormat(String container, int sampleRate, int channels, double durationSeconds) {
        this(container, sampleRate, channels, durationSeconds, "");
    }
}
