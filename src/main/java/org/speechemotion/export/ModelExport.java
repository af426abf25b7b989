package org.speechemotion.export;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.PretrainedSettings;
import org.speechemotion.encoder.PretrainedSettings.Precision;
import org.speechemotion.encoder.onnx.EncoderExport;
import org.speechemotion.encoder.pretrained.PretrainedEncoder;
import org.speechemotion.encoder.transformer.EncoderFolder;
import org.speechemotion.encoder.transformer.Tap;
import org.speechemotion.model.BundleManifest;
import org.speechemotion.model.EmotionModel;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.model.NetworkNodes;
import org.speechemotion.onnx.OnnxGraph;

/**
 * Describes a trained model as an ONNX graph: with a transformer, from the waveform {@code [batch, samples]} of clips of equal
 * lengths, or of one clip in 8-bit integers; otherwise from the frames of the encoder {@code [batch, time, width]}, which depend on the speech in the clip and
 * stay outside. Its outputs are the calibrated probabilities {@code [batch, emotions]} and the embedding.
 */
public final class ModelExport {
    public static final String WAVEFORM = "waveform";
    public static final String FRAMES = "frames";
    public static final String PROBABILITIES = "probabilities";
    public static final String EMBEDDING = "embedding";

    /** The version of the inputs, outputs and metadata. */
    private static final String VERSION = "1";

    private ModelExport() {}

    /**
     * Builds the graph, with all weights.
     *
     * @param settings the settings of the encoder, whose path is local
     * @param encoder the encoder of these settings
     * @throws org.speechemotion.weights.WeightsException if the encoder cannot be read
     */
    public static OnnxGraph graph(ModelBundle bundle, EncoderSettings settings, Encoder encoder) {
        BundleManifest manifest = bundle.manifest();
        EmotionModel model = bundle.open();
        OnnxGraph graph = new OnnxGraph("speech-emotion");
        String frames;
        long width;
        // The range of the activations of a batch would decide how each of its clips is rounded.
        Object batch = settings.pretrained().execution().precision() == Precision.INT8 ? 1 : "batch";
        if (encoder instanceof PretrainedEncoder pretrained) {
            Tap tap = pretrained.split().end();
            width = tap.width(pretrained.config());
            frames = fromWaveform(graph, model, settings.pretrained(), tap, batch);
            graph.metadata("minimum_samples", String.valueOf(pretrained.config().receptiveField()));
            graph.metadata(
                    "maximum_seconds",
                    String.valueOf(settings.pretrained().windows().seconds()));
            graph.metadata("trim_decibels", String.valueOf(settings.pretrained().trimDecibels()));
            graph.metadata(
                    "precision",
                    settings.pretrained().execution().precision().name().toLowerCase(Locale.ROOT));
        } else {
            batch = "batch";
            width = encoder.width();
            frames = graph.input(FRAMES, batch, "time", width);
            graph.metadata("frames_per_second", String.valueOf(encoder.framesPerSecond()));
        }
        NetworkNodes.Outputs outputs = NetworkNodes.define(graph, model, frames, width);
        graph.output(
                PROBABILITIES, outputs.probabilities(), batch, manifest.labels().size());
        graph.output(EMBEDDING, outputs.embedding(), batch, outputs.embeddingWidth());
        graph.metadata("version", VERSION);
        graph.metadata("labels", String.join(",", manifest.labels()));
        graph.metadata("sample_rate", String.valueOf(manifest.sampleRate()));
        graph.metadata("encoder", manifest.encoder());
        graph.metadata("encoder_fingerprint", encoder.fingerprint());
        graph.metadata("model_id", manifest.modelId());
        return graph;
    }

    private static String fromWaveform(
            OnnxGraph graph, EmotionModel model, PretrainedSettings settings, Tap tap, Object batch) {
        Map<String, float[]> trained = NetworkNodes.trainedTensors(model);
        try (EncoderFolder folder = EncoderFolder.open(Path.of(settings.path()))) {
            String waveform = graph.input(WAVEFORM, batch, "samples");
            return EncoderExport.define(
                    graph, folder, trained, settings.execution().precision(), waveform, tap);
        }
    }
}
