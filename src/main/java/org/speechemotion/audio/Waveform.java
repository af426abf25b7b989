package org.speechemotion.audio;

import java.util.Objects;

/**
 * Mono audio. Two are equal if they hold the same array: comparing the samples is left to those who mean to.
 *
 * @param samples amplitudes, full scale is [-1, 1], which floating-point recordings may exceed; shape
 *     {@code [time]}; not copied, so a holder must not write to it
 * @param sampleRate in Hz
 */
@SuppressWarnings("ArrayRecordComponent")
public record Waveform(float[] samples, int sampleRate) {

    /** @throws IllegalArgumentException if the sample rate is not positive */
    public Waveform {
        Objects.requireNonNull(samples, "samples");
        if (sampleRate <= 0) {
            throw new IllegalArgumentException("sample rate " + sampleRate + " Hz: must be positive");
        }
    }

    /** Returns the memory that the samples take. */
    public long sizeInBytes() {
        return (long) samples.length * Float.BYTES;
    }

    /** How long it sounds, in s. */
    public double durationSeconds() {
        return (double) samples.length / sampleRate;
    }
}
