package org.speechemotion.encoder;

import java.io.Serializable;
import java.util.Objects;

/**
 * Selects and configures an encoder.
 *
 * @param name an {@link EncoderFactory#name()}
 * @param sampleRate the sample rate of the input in Hz
 * @param logMel the settings of the log-mel encoder, which other encoders ignore
 * @param prosody the settings of the prosody encoder, which other encoders ignore
 * @param pretrained the settings of encoders that are read from a folder, which other encoders ignore
 */
public record EncoderSettings(
        String name, int sampleRate, LogMelSettings logMel, ProsodySettings prosody, PretrainedSettings pretrained)
        implements Serializable {

    /** @throws IllegalArgumentException if the sample rate is not positive */
    public EncoderSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(logMel, "logMel");
        Objects.requireNonNull(prosody, "prosody");
        Objects.requireNonNull(pretrained, "pretrained");
        if (sampleRate < 1) {
            throw new IllegalArgumentException("audio.sample-rate is " + sampleRate + " Hz; allowed: at least 1");
        }
    }

    /** Returns the settings of an encoder without a folder. */
    public static EncoderSettings of(String name, int sampleRate, LogMelSettings logMel) {
        return new EncoderSettings(name, sampleRate, logMel, ProsodySettings.defaults(), PretrainedSettings.none());
    }

    /** Returns these settings with the name of another encoder. */
    public EncoderSettings withName(String other) {
        return new EncoderSettings(other, sampleRate, logMel, prosody, pretrained);
    }

    /** Returns these settings with other settings of the prosody encoder. */
    public EncoderSettings with(ProsodySettings other) {
        return new EncoderSettings(name, sampleRate, logMel, other, pretrained);
    }

    /** Returns these settings with another folder or another way to run it. */
    public EncoderSettings with(PretrainedSettings other) {
        return new EncoderSettings(name, sampleRate, logMel, prosody, other);
    }
}
