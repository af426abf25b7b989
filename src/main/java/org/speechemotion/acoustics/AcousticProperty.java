package org.speechemotion.acoustics;

import java.util.Locale;

/** A property of a whole recording. */
public enum AcousticProperty {
    /** The mean level of the frames of speech. */
    LEVEL(
            "dBFS",
            0,
            "are quieter",
            "are louder",
            "train with wider gains (augmentation.gain.lowest-decibels)",
            "train with wider gains (augmentation.gain.highest-decibels), and with clipping in augmentation.chain"),
    /** The highest frequency at which the mean power spectrum is less than 60 dB below its peak. */
    BANDWIDTH(
            "Hz",
            0,
            "have a narrower bandwidth",
            "have a wider bandwidth",
            "train with more telephone lines (augmentation.telephone.probability)",
            "train on recordings of at least this bandwidth"),
    /** The level of speech above the noise floor. */
    SIGNAL_TO_NOISE(
            "dB",
            0,
            "are noisier",
            "are less noisy",
            "train with background-noise in augmentation.chain and recordings of your own noise"
                    + " (augmentation.background-noise.path)",
            "add clean recordings to the training corpora"),
    /** An estimate of the reverberation time from the fastest decays of sound. */
    REVERBERATION(
            "s",
            2,
            "are drier",
            "are more reverberant",
            "add recordings without reverberation to the training corpora",
            "train with more rooms (augmentation.room.probability), or with impulse-response in augmentation.chain"
                    + " and recordings of your own rooms (augmentation.impulse-response.path)"),
    /** The share of the frames that are speech. */
    SPEECH_SHARE(
            "",
            2,
            "have more silence",
            "have less silence",
            "no change is needed, because silence around speech is left out",
            "no change is needed, because silence around speech is left out"),
    /** The median of the fundamental frequency. */
    PITCH(
            "Hz",
            0,
            "have lower voices",
            "have higher voices",
            "widen augmentation.pitch-shift.lowest-semitones, and add such speakers to the training corpora",
            "widen augmentation.pitch-shift.highest-semitones, and add such speakers to the training corpora"),
    /** The length of the recording. */
    DURATION(
            "s",
            1,
            "are shorter",
            "are longer",
            "train with shorter crops (augmentation.crop.lowest-seconds)",
            "no change is needed, because longer recordings are scored in windows of score.window-seconds");

    private final String unit;
    private final int digits;
    private final String below;
    private final String above;
    private final String adviceBelow;
    private final String adviceAbove;

    AcousticProperty(String unit, int digits, String below, String above, String adviceBelow, String adviceAbove) {
        this.unit = unit;
        this.digits = digits;
        this.below = below;
        this.above = above;
        this.adviceBelow = adviceBelow;
        this.adviceAbove = adviceAbove;
    }

    /** Returns the name in files, such as {@code speech_share}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the name for people, such as {@code speech share}. */
    public String title() {
        return id().replace('_', ' ');
    }

    /** Returns a value with its unit, such as {@code -24 dBFS}. */
    public String format(double value) {
        return (String.format(Locale.ROOT, "%." + digits + "f", value) + " " + unit).strip();
    }

    /** Returns the unit; empty for shares. */
    public String unit() {
        return unit;
    }

    /** Returns the words for recordings below or above the range of the training, such as {@code are noisier}. */
    String comparison(boolean low) {
        return low ? below : above;
    }

    /** Returns the remedy for recordings below or above the range of the training. */
    String advice(boolean low) {
        return low ? adviceBelow : adviceAbove;
    }
}
