package org.speechemotion.encoder.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;

/** Defines a span of an encoder as SameDiff operations. */
public final class EncoderGraph {
    private final TransformerConfig config;
    private final FrameMask frames;
    private final Optional<SDVariable> features;
    private final List<SDVariable> hidden;

    private EncoderGraph(
            TransformerConfig config, FrameMask frames, Optional<SDVariable> features, List<SDVariable> hidden) {
        this.config = config;
        this.frames = frames;
        this.features = features;
        this.hidden = hidden;
    }

    /**
     * Defines the operations. Masked frames do not influence other frames, and the output at their positions is undefined.
     *
     * @param input {@code [batch, samples, 1]}, {@code [batch, time, featureWidth]} or {@code [batch, time, width]},
     *     depending on the cut of the span
     * @param mask the mask of the input, {@code [batch, samples]} or {@code [batch, time]}
     */
    public static EncoderGraph define(GraphScope scope, EncoderSpan span, SDVariable input, SDVariable mask) {
        TransformerConfig config = scope.config();
        Optional<SDVariable> features = Optional.empty();
        FrameMask frames;
        SDVariable rows;
        if (span.from() instanceof Cut.Waveform) {
            FeatureExtractor.Extracted extracted = FeatureExtractor.define(scope, input, mask);
            frames = extracted.frames();
            rows = extracted.rows();
            features = Optional.of(rows);
        } else {
            int width = span.from().width(config);
            frames = new FrameMask(scope.graph(), mask);
            rows = frames.masked(frames.rows(input, width), width);
        }
        List<SDVariable> hidden = new ArrayList<>();
        if (span.hasEmbedding()) {
            rows = FrameEmbedding.define(scope, rows, frames);
            hidden.add(rows);
        }
        if (span.firstLayer() < span.to()) {
            AttentionBias bias = new AttentionBias(scope, frames);
            for (int layer = span.firstLayer(); layer < span.to(); layer++) {
                rows = new TransformerBlock(scope, frames, bias, layer).define(rows);
                hidden.add(rows);
            }
        }
        if (span.hasFinalNorm(config)) {
            hidden.set(hidden.size() - 1, scope.norm(rows, frames, TensorNames.NORM));
        }
        return new EncoderGraph(config, frames, features, hidden);
    }

    /** Returns the output of the feature extractor, {@code [batch, time, featureWidth]}, if the span contains it. */
    public Optional<SDVariable> features() {
        return features.map(rows -> frames.unfold(rows, config.featureWidth()));
    }

    /** Returns the hidden states of the span in order, each {@code [batch, time, width]}. */
    public List<SDVariable> hidden() {
        return hidden.stream().map(rows -> frames.unfold(rows, config.width())).toList();
    }

    /** Returns the last hidden state of the span, {@code [batch, time, width]}. */
    public SDVariable end() {
        return frames.unfold(hidden.get(hidden.size() - 1), config.width());
    }
}
