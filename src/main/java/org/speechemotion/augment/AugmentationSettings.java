package org.speechemotion.augment;

/**
 * Everything that changes what training sees.
 *
 * @param chain over waveforms
 * @param frameMasking over an encoder's frames
 * @param mixup over the clips of a batch
 */
public record AugmentationSettings(AugmentationChain chain, FrameMasking frameMasking, Mixup mixup) {
    /** Training sees the clips as they are. */
    public static AugmentationSettings none() {
        return new AugmentationSettings(AugmentationChain.none(), new FrameMasking(0, 0, 1, 0, 1), new Mixup(0));
    }
}
