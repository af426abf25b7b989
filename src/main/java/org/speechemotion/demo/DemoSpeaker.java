package org.speechemotion.demo;

import org.speechemotion.random.KeyedRandom;

/**
 * A synthetic voice.
 *
 * @param number the number of the speaker, counted from 1
 * @param pitch the mean fundamental frequency in Hz
 * @param formantScale the formant frequencies relative to those of an average man; a shorter vocal tract has a larger scale
 * @param rate the relative speech rate
 * @param brightness the spectral brightness on the scale of {@link DemoProsody}
 * @param level the recording level relative to the average, in dB
 * @param expressiveness the factor on the deviations of {@link DemoProsody} from the neutral voice
 */
public record DemoSpeaker(
        int number,
        double pitch,
        double formantScale,
        double rate,
        double brightness,
        double level,
        double expressiveness) {
    private static final int PER_PITCH_RANGE = (DemoSettings.SPEAKERS + 1) / 2;

    /**
     * Returns the voice of a speaker.
     *
     * @param number 1 to {@link DemoSettings#SPEAKERS}; odd speakers have a pitch of around 115 Hz and even ones of around 210 Hz
     * @throws IllegalArgumentException if the speaker does not exist
     */
    public static DemoSpeaker of(int number, long seed) {
        if (number < 1 || number > DemoSettings.SPEAKERS) {
            throw new IllegalArgumentException(
                    "demo speaker is %d; allowed: 1 to %d".formatted(number, DemoSettings.SPEAKERS));
        }
        KeyedRandom random = new KeyedRandom(seed, "demo-speaker", Integer.toString(number));
        boolean low = number % 2 == 1;
        // Pitches are spread over each range, so that voices differ for every seed.
        int rank = (number - 1) / 2;
        double position = (rank + random.nextDouble()) / PER_PITCH_RANGE;
        return new DemoSpeaker(
                number,
                (low ? 92 : 170) * StrictMath.pow(2, 0.6 * position),
                low ? random.nextDouble(0.92, 1.04) : random.nextDouble(1.06, 1.2),
                random.nextDouble(0.88, 1.12),
                random.nextDouble(-0.5, 0.5),
                random.nextDouble(-3, 3),
                random.nextDouble(0.75, 1.2));
    }
}
