package org.speechemotion.augment;

import com.google.auto.service.AutoService;
import java.util.Locale;
import org.speechemotion.audio.Waveform;
import org.speechemotion.random.KeyedRandom;

/**
 * Loses packets of 20 ms in bursts, by the model of Gilbert ("Capacity of a burst-noise channel", Bell System Technical
 * Journal 39, 1960) with no loss in the good state and total loss in the bad one. Lost packets become silence. The first
 * and last 3 ms of a burst are faded to avoid clicks.
 *
 * @param lowestLoss the lower bound of the long-term packet loss ratio, drawn uniformly
 * @param highestLoss the upper bound of the packet loss ratio
 * @param meanBurst the mean length of a burst in packets
 */
public record Dropouts(double lowestLoss, double highestLoss, double meanBurst) implements Augmentation {
    private static final String NAME = "dropouts";
    private static final double PACKET_SECONDS = 0.02;
    private static final double FADE_SECONDS = 0.003;

    public Dropouts {
        Ranges.require(NAME, "loss", lowestLoss, highestLoss, 0, 0.5);
        Ranges.require(NAME, "mean-burst", meanBurst, 1, 100);
    }

    @Override
    public Augmented apply(Waveform waveform, KeyedRandom random, Sounds sounds) {
        double loss = random.nextDouble(lowestLoss, highestLoss);
        double toGood = 1 / meanBurst;
        double toBad = toGood * loss / (1 - loss); // makes the stationary share of the bad state equal to the loss
        float[] samples = waveform.samples().clone();
        int packet = Math.max(1, (int) (PACKET_SECONDS * waveform.sampleRate()));
        int fade = Math.min(packet / 2, (int) (FADE_SECONDS * waveform.sampleRate()));
        boolean bad = random.nextDouble() < loss;
        int burst = 0;
        int lost = 0;
        int packets = 0;
        for (int start = 0; start < samples.length; start += packet) {
            if (bad) {
                lost++;
            } else if (burst < start) {
                silence(samples, burst, start, fade);
            }
            if (!bad) {
                burst = start + packet; // a burst begins after the last good packet
            }
            bad = random.nextDouble() < (bad ? 1 - toGood : toBad);
            packets++;
        }
        if (burst < samples.length) {
            silence(samples, burst, samples.length, fade);
        }
        return new Augmented(
                new Waveform(samples, waveform.sampleRate()),
                String.format(Locale.ROOT, "dropouts, %d of %d packets", lost, packets));
    }

    /** Silences samples with a fade at either end. */
    private static void silence(float[] samples, int from, int to, int fade) {
        for (int i = from; i < to; i++) {
            int fromEdge = Math.min(i - from, to - 1 - i);
            if (fromEdge < fade) {
                samples[i] *= (float) (0.5 + 0.5 * StrictMath.cos(StrictMath.PI * (fromEdge + 0.5) / fade));
            } else {
                samples[i] = 0;
            }
        }
    }

    /** Registers the augmentation under its name. */
    @AutoService(AugmentationKind.class)
    public static final class Kind extends AugmentationKind {
        public Kind() {
            super(NAME, Dropouts.class);
        }
    }
}
