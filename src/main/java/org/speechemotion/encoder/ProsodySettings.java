package org.speechemotion.encoder;

import java.io.Serializable;

/**
 * The settings of the prosody encoder. Code starts from {@link #defaults()} and changes single values by {@code with…}.
 *
 * @param bands the number of coarse mel bands in addition to the prosody, 0 to 16; 0 for prosody alone
 * @param floorDecibels band energies that are farther below the loudest one of the clip than this, in dB, are raised to
 *     that level before normalisation; above 0
 * @param speechDecibels frames whose level is farther below the loudest one of the clip than this, in dB, are not speech and
 *     are left out; 0 keeps all frames
 * @param lowestPitchHertz the lowest pitch in Hz, at least 40
 * @param highestPitchHertz the highest pitch in Hz, above the lowest and at most 1000
 */
public record ProsodySettings(
        int bands, double floorDecibels, double speechDecibels, double lowestPitchHertz, double highestPitchHertz)
        implements Serializable {

    /** @throws IllegalArgumentException if a value is outside its range */
    public ProsodySettings {
        require(bands >= 0 && bands <= 16, "bands is " + bands + "; allowed: 0 to 16");
        require(
                floorDecibels > 0 && floorDecibels < Double.POSITIVE_INFINITY,
                "floor-decibels is " + floorDecibels + "; allowed: finite and above 0");
        require(
                speechDecibels >= 0 && speechDecibels < Double.POSITIVE_INFINITY,
                "speech-decibels is " + speechDecibels + "; allowed: finite and at least 0");
        require(
                lowestPitchHertz >= 40 && lowestPitchHertz < highestPitchHertz && highestPitchHertz <= 1000,
                "lowest-pitch-hertz is " + lowestPitchHertz + " and highest-pitch-hertz is " + highestPitchHertz
                        + "; allowed: 40 to 1000, the highest above the lowest");
    }

    /** Returns 8 bands with a floor of 45 dB, speech within 30 dB of the loudest frame, and pitch from 60 to 500 Hz. */
    public static ProsodySettings defaults() {
        return new ProsodySettings(8, 45, 30, 60, 500);
    }

    /** Returns these settings with another number of bands. */
    public ProsodySettings withBands(int other) {
        return new ProsodySettings(other, floorDecibels, speechDecibels, lowestPitchHertz, highestPitchHertz);
    }

    /** Returns these settings with another floor, in dB. */
    public ProsodySettings withFloor(double decibels) {
        return new ProsodySettings(bands, decibels, speechDecibels, lowestPitchHertz, highestPitchHertz);
    }

    /** Returns these settings with another distance of speech to the loudest frame, in dB; 0 for all frames. */
    public ProsodySettings withSpeech(double decibels) {
        return new ProsodySettings(bands, floorDecibels, decibels, lowestPitchHertz, highestPitchHertz);
    }

    /** Returns these settings with another range of the pitch, in Hz. */
    public ProsodySettings withPitch(double lowest, double highest) {
        return new ProsodySettings(bands, floorDecibels, speechDecibels, lowest, highest);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
