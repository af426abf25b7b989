package org.speechemotion.encoder;

import java.io.Serializable;
import java.util.Objects;

/**
 * Which encoder to open, and how.
 *
 * @param name an {@link EncoderFactory#name()}
 * @param sampleRate of the waveforms it will be given, in Hz
 * @param logMel settings of the log-mel encoder; others ignore them
 * @param pretrained settings of an encoder from a folder; others ignore them
 */
public record EncoderSettings(String name, int sampleRate, LogMelSettings logMel, PretrainedSettings pretrained)
        implements Serializable {

    /** @throws IllegalArgumentException if the sample rate is not positive */
    public EncoderSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(logMel, "logMel");
        Objects.requireNonNull(pretrained, "pretrained");
        if (sampleRate < 1) {
            throw new IllegalArgumentException("sample-rate must be at least 1 Hz, not " + sampleRate);
        }
    }

    /** An encoder without a folder. */
    public static EncoderSettings of(String name, int sampleRate, LogMelSettings logMel) {
        return new EncoderSettings(name, sampleRate, logMel, PretrainedSettings.none());
    }

    /** The same with another folder, or another way to run it. */
    public EncoderSettings with(PretrainedSettings other) {
        return new EncoderSettings(name, sampleRate, logMel, other);
    }
}
