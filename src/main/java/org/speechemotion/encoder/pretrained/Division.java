package org.speechemotion.encoder.pretrained;

import java.util.Optional;
import org.speechemotion.encoder.PretrainedSettings;
import org.speechemotion.encoder.PretrainedSettings.FineTuning;
import org.speechemotion.encoder.graph.Cut;
import org.speechemotion.encoder.graph.EncoderSpan;
import org.speechemotion.encoder.transformer.Tap;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.weights.WeightsException;

/**
 * How settings divide an encoder into what is frozen and what is trained.
 *
 * @param frozen what the frozen part gives; nothing where all is trained, from the waveform up
 * @param trained the part above, if any
 */
public record Division(Optional<Tap> frozen, Optional<EncoderSpan> trained) {

    /**
     * The division that settings ask for.
     *
     * @throws WeightsException if the encoder has not that many layers
     * @throws IllegalArgumentException if the settings contradict one another
     */
    public static Division of(PretrainedSettings settings, TransformerConfig config) {
        FineTuning tuning = settings.fineTuning();
        if (settings.isWeighted()) {
            if (tuning.isAny()) {
                throw new IllegalArgumentException("encoder.layer = weighted takes a frozen encoder, but"
                        + " training.unfreeze-last-n-layers is " + tuning.unfreezeLastNLayers()
                        + " and training.freeze-encoder is " + tuning.freezeEncoder());
            }
            return new Division(Optional.of(new Tap.Every()), Optional.empty());
        }
        int top =
                settings.layer().equals(PretrainedSettings.LAST) ? config.layers() : Integer.parseInt(settings.layer());
        if (top > config.layers()) {
            throw new WeightsException("encoder.layer is " + top + ", but the encoder in " + settings.path() + " has "
                    + config.layers() + " layers: allowed are 0 to " + config.layers());
        }
        if (tuning.unfreezeLastNLayers() > top) {
            throw new WeightsException("training.unfreeze-last-n-layers is " + tuning.unfreezeLastNLayers()
                    + ", but of the encoder in " + settings.path() + " only " + top + " layers are used");
        }
        if (!tuning.isAny()) {
            return new Division(Optional.of(new Tap.Hidden(top)), Optional.empty());
        }
        Cut cut = tuning.freezeEncoder()
                ? new Cut.Hidden(top - tuning.unfreezeLastNLayers())
                : tuning.freezeFeatureExtractor() ? new Cut.Features() : new Cut.Waveform();
        return new Division(cut.tap(), Optional.of(new EncoderSpan(cut, top)));
    }

    /** Values a frame that the frozen part gives, or 1 for a sample. */
    int width(TransformerConfig config) {
        return frozen.map(tap -> tap.width(config)).orElse(1);
    }
}
