package org.speechemotion.augment;

import com.google.auto.service.AutoService;
import java.util.Locale;
import org.speechemotion.audio.Waveform;
import org.speechemotion.random.KeyedRandom;

/**
 * Adds the reverberation of a synthetic room: the direct sound is followed by exponentially decaying Gaussian noise
 * (Moorer, "About this reverberation business", Computer Music Journal 3, 1979; Polack's model). Length and power are
 * preserved.
 *
 * @param lowestReverberationSeconds the lower bound of the reverberation time RT60, drawn uniformly, in s
 * @param highestReverberationSeconds the upper bound of the reverberation time, in s
 * @param lowestDirectToReverberant the lower bound of the direct-to-reverberant energy ratio, drawn uniformly, in dB
 * @param highestDirectToReverberant the upper bound of the ratio, in dB
 */
public record Room(
        double lowestReverberationSeconds,
        double highestReverberationSeconds,
        double lowestDirectToReverberant,
        double highestDirectToReverberant)
        implements Augmentation {
    private static final String NAME = "room";

    /** The time from the direct sound to the first reflection, in s. */
    private static final double GAP_SECONDS = 0.0025;

    public Room {
        Ranges.require(NAME, "reverberation-seconds", lowestReverberationSeconds, highestReverberationSeconds, 0.05, 5);
        Ranges.require(NAME, "direct-to-reverberant", lowestDirectToReverberant, highestDirectToReverberant, -20, 60);
    }

    @Override
    public Augmented apply(Waveform waveform, KeyedRandom random, Sounds sounds) {
        double seconds = random.nextDouble(lowestReverberationSeconds, highestReverberationSeconds);
        double ratio = random.nextDouble(lowestDirectToReverberant, highestDirectToReverberant);
        float[] response = response(seconds, ratio, waveform.sampleRate(), random);
        float[] samples = FftConvolution.convolve(waveform.samples(), response, 0);
        Levels.scaleToPower(samples, Levels.power(waveform.samples()));
        return new Augmented(
                new Waveform(samples, waveform.sampleRate()),
                String.format(Locale.ROOT, "room, RT60 %.2f s, direct to reverberant %.1f dB", seconds, ratio));
    }

    /** Returns an impulse response {@code [time]} that starts with the direct sound and ends after a decay of 60 dB. */
    static float[] response(double seconds, double directToReverberant, int sampleRate, KeyedRandom random) {
        int gap = (int) (GAP_SECONDS * sampleRate);
        float[] response = WhiteNoise.gaussian((int) (seconds * sampleRate) + 1, 1, random);
        double decay = StrictMath.pow(10, -3 / (seconds * sampleRate));
        double envelope = 1;
        double energy = 0;
        for (int i = 0; i < response.length; i++) {
            response[i] *= i <= gap ? 0 : (float) envelope;
            energy += (double) response[i] * response[i];
            envelope *= decay;
        }
        Levels.scale(response, 1 / (Math.sqrt(energy) * Levels.amplitude(directToReverberant)));
        response[0] = 1;
        return response;
    }

    /** Registers the augmentation under its name. */
    @AutoService(AugmentationKind.class)
    public static final class Kind extends AugmentationKind {
        public Kind() {
            super(NAME, Room.class);
        }
    }
}
