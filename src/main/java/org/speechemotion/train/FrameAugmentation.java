package org.speechemotion.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.speechemotion.augment.FrameMasking;
import org.speechemotion.augment.Mixup;
import org.speechemotion.encoder.Frames;
import org.speechemotion.random.KeyedRandom;

/**
 * Augments the frames of a training batch, encoded or stored: frame masking, then mixup within the batch. Draws are keyed
 * by the epoch and the clip, so that stored frames differ in every epoch too.
 *
 * @param seed the seed of all draws
 */
public record FrameAugmentation(FrameMasking masking, Mixup mixup, long seed) implements Serializable {
    /** Returns an augmentation that changes nothing. */
    public static FrameAugmentation none() {
        return new FrameAugmentation(new FrameMasking(0, 0, 1, 0, 1), new Mixup(0), 0);
    }

    /**
     * Applies random masks and mixup to a batch.
     *
     * @param frames the frames of the examples, in order; they are not modified
     * @param epoch the epoch, counted from 0
     */
    public Batch apply(List<Frames> frames, List<Example> examples, int epoch) {
        List<Frames> masked = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            masked.add(masking.apply(frames.get(i), random("frame-masking", examples.get(i), epoch)));
        }
        List<Frames> mixed = new ArrayList<>();
        int[] partners = new int[frames.size()];
        double[] shares = new double[frames.size()];
        for (int i = 0; i < frames.size(); i++) {
            KeyedRandom random = random("mixup", examples.get(i), epoch);
            shares[i] = mixup.draw(random);
            partners[i] = random.nextInt(frames.size());
            mixed.add(shares[i] == 1 ? masked.get(i) : Mixup.mix(masked.get(i), masked.get(partners[i]), shares[i]));
        }
        return new Batch(mixed, partners, shares);
    }

    private KeyedRandom random(String step, Example example, int epoch) {
        return new KeyedRandom(seed, step, Integer.toString(epoch), example.contentSha256());
    }

    /**
     * An augmented batch.
     *
     * @param partners the index of the clip that each clip is mixed with
     * @param shares the share of each clip in the mixture, 0 to 1
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Batch(List<Frames> frames, int[] partners, double[] shares) {
        /**
         * Mixes the targets of the clips like their frames.
         *
         * @param targets the targets of the single clips, {@code [batch, classes]}; they are not modified
         */
        public INDArray mixed(INDArray targets) {
            INDArray mixed = targets.dup();
            for (int i = 0; i < shares.length; i++) {
                if (shares[i] != 1) {
                    mixed.putRow(
                            i,
                            targets.getRow(i)
                                    .mul(shares[i])
                                    .add(targets.getRow(partners[i]).mul(1 - shares[i])));
                }
            }
            return mixed;
        }
    }
}
