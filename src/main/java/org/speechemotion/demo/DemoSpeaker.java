package org.speechemotion.demo;

import org.speechemotion.random.KeyedRandom;

/**
 * A voice.
 *
 * @param actor from 1
 * @param pitch usual fundamental frequency, Hz
 * @param formantScale formant frequencies relative to an average man's; a shorter vocal tract has a greater scale
 * @param rate rate of speech relative to the usual
 * @param brightness spectral brightness above the usual, on the scale of {@link DemoProsody}
 * @param level recording level above the usual, dB
 * @param expressiveness how far emotions move this voice, 1 as {@link DemoProsody} says
 */
public record DemoSpeaker(
        int actor,
        double pitch,
        double formantScale,
        double rate,
        double brightness,
        double level,
        double expressiveness) {
    private static final int OF_EACH_KIND = (DemoSettings.ACTORS + 1) / 2;

    /**
     * The voice of an actor.
     *
     * @param actor 1 … {@link DemoSettings#ACTORS}; odd numbers speak around 115 Hz, even ones around 210 Hz
     * @throws IllegalArgumentException if there is no such actor
     */
    public static DemoSpeaker of(int actor, long seed) {
        if (actor < 1 || actor > DemoSettings.ACTORS) {
            throw new IllegalArgumentException(
                    "demo actor is %d; allowed: 1 to %d".formatted(actor, DemoSettings.ACTORS));
        }
        KeyedRandom random = new KeyedRandom(seed, "demo-speaker", Integer.toString(actor));
        boolean low = actor % 2 == 1;
        // Each kind's pitches are spread over its range, so that voices stay apart whatever the seed.
        int rank = (actor - 1) / 2;
        double place = (rank + random.nextDouble()) / OF_EACH_KIND;
        return new DemoSpeaker(
                actor,
                (low ? 92 : 170) * StrictMath.pow(2, 0.6 * place),
                low ? random.nextDouble(0.92, 1.04) : random.nextDouble(1.06, 1.2),
                random.nextDouble(0.88, 1.12),
                random.nextDouble(-0.5, 0.5),
                random.nextDouble(-3, 3),
                random.nextDouble(0.75, 1.2));
    }
}
