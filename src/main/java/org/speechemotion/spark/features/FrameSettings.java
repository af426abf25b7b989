package org.speechemotion.spark.features;

import org.speechemotion.audio.AudioSettings;
import org.speechemotion.augment.AugmentationSettings;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.features.FeatureSettings;

/**
 * The settings by which the frames of a training run or of a feature store are computed from clips.
 *
 * @param audio the limits of the clips and their sample rate
 * @param encoder the encoder; its path is absolute
 * @param distributeEncoder whether the driver sends the folder of the encoder to the executors
 * @param augmentation the augmentation of the training clips
 * @param features whether frames are stored, and how
 */
public record FrameSettings(
        AudioSettings audio,
        EncoderSettings encoder,
        boolean distributeEncoder,
        AugmentationSettings augmentation,
        FeatureSettings features) {}
