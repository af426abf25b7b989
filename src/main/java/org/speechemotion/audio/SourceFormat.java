package org.speechemotion.audio;

/**
 * What a file held before it was mixed down and resampled.
 *
 * @param container {@code wav}, {@code flac} or {@code mp3}
 * @param sampleRate in Hz
 * @param channels at least one
 * @param durationSeconds of the samples that were decoded, in s
 */
public record SourceFormat(String container, int sampleRate, int channels, double durationSeconds) {}
