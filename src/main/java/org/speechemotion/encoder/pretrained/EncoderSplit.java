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
 * The division of an encoder into a frozen and a trained part.
 *
 * @param frozen the output of the frozen part; empty if the whole encoder is trained
 * @param trained the trained part above it, if any
 */
public record EncoderSplit(Optional<Tap> frozen, Optional<EncoderSpan> trained) {

    /**
     * Returns the division that the settings describe.
     *
     * @throws WeightsException if the encoder has fewer layers
     * @throws IllegalArgumentException if the settings contradict one another
     */
    public static EncoderSplit of(PretrainedSettings settings, TransformerConfig config) {
        FineTuning tuning = settings.fineTuning();
        if (settings.isWeighted()) {
            if (tuning.isAny()) {
                throw new IllegalArgumentException("encoder.layer = weighted requires a frozen encoder, but"
                        + " training.unfreeze-last-n-layers is " + tuning.unfreezeLastNLayers()
                        + " and training.freeze-encoder is " + tuning.freezeEncoder());
            }
            return new EncoderSplit(Optional.of(new Tap.AllHidden()), Optional.empty());
        }
        int top =
                settings.layer().equals(PretrainedSettings.LAST) ? config.layers() : Integer.parseInt(settings.layer());
        if (top > config.layers()) {
            throw new WeightsException("encoder.layer is " + top + "; allowed: 0 to " + config.layers()
                    + ", the number of layers of the encoder in " + settings.path());
        }
        if (tuning.unfreezeLastNLayers() > top) {
            throw new WeightsException("training.unfreeze-last-n-layers is " + tuning.unfreezeLastNLayers()
                    + "; allowed: 0 to " + top + ", the number of layers used of the encoder in " + settings.path());
        }
        if (!tuning.isAny()) {
            return new EncoderSplit(Optional.of(new Tap.Hidden(top)), Optional.empty());
        }
        Cut cut = cut(tuning, top);
        return new EncoderSplit(cut.tap(), Optional.of(new EncoderSpan(cut, top)));
    }

    private static Cut cut(FineTuning tuning, int top) {
        if (tuning.freezeEncoder()) {
            return new Cut.Hidden(top - tuning.unfreezeLastNLayers());
        }
        if (tuning.lora().isUsed()) {
            // Only layers have adapters.
            return new Cut.Hidden(0);
        }
        return tuning.freezeFeatureExtractor() ? new Cut.Features() : new Cut.Waveform();
    }

    /** Returns the output of the whole encoder, including its trained part. */
    public Tap end() {
        return trained.<Tap>map(span -> new Tap.Hidden(span.to())).orElseGet(frozen::orElseThrow);
    }

    /** Returns the number of values per frame of the frozen part; it is 1 for audio. */
    int width(TransformerConfig config) {
        return frozen.map(tap -> tap.width(config)).orElse(1);
    }
}
