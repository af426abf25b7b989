package org.speechemotion.audio;

import java.util.Objects;

/**
 * Mono audio. Two waveforms are equal if they have the same array; the samples are not compared.
 *
 * @param samples the amplitudes {@code [time]} with a full scale of [-1, 1], which floating-point recordings may exceed;
 *     not copied, so they must not be modified
 * @param sampleRate the sample rate in Hz
 */
@SuppressWarnings("ArrayRecordComponent")
public record Waveform(float[] samples, int sampleRate) {

    /**
     * Checks the sample rate.
     *
     * @throws IllegalArgumentException if the sample rate is not positive
     */
    public Waveform {
        Objects.requireNonNull(samples, "samples");
        if (sampleRate <= 0) {
            throw new IllegalArgumentException("sample rate is " + sampleRate + " Hz; allowed: at least 1");
        }
    }

    /** Returns the memory that the samples take. */
    public long sizeInBytes() {
        return (long) samples.length * Float.BYTES;
    }

    /** Returns the duration in s. */
    public double durationSeconds() {
        return (double) samples.length / sampleRate;
    }
}
