package org.speechemotion.augment;

/**
 * All augmentation of training data.
 *
 * @param chain augments waveforms
 * @param frameMasking masks the frames of an encoder
 * @param mixup mixes the clips of a batch
 */
public record AugmentationSettings(AugmentationChain chain, FrameMasking frameMasking, Mixup mixup) {}
