package org.speechemotion.encoder.onnx;

import java.util.List;
import java.util.Map;
import org.speechemotion.encoder.PretrainedSettings.Precision;
import org.speechemotion.encoder.transformer.EncoderFolder;
import org.speechemotion.encoder.transformer.Tap;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.onnx.Attribute;
import org.speechemotion.onnx.OnnxGraph;
import org.speechemotion.onnx.TensorValues;

/** Defines an encoder inside a graph that leaves, with all weights in the file. */
public final class EncoderExport {
    private static final double VARIANCE_FLOOR = 1e-7;

    private EncoderExport() {}

    /**
     * Adds the nodes and the weights.
     *
     * @param folder the encoder
     * @param trained the tensors that take the place of those of the folder, by their names
     * @param precision the numbers in which linear layers multiply
     * @param waveform the name of the input, {@code [batch, samples]}, which is normalised if the encoder requires that
     * @return the name of the output, {@code [batch, time, tap.width(config)]}
     * @throws org.speechemotion.weights.WeightsException if a tensor cannot be read
     */
    public static String define(
            OnnxGraph graph,
            EncoderFolder folder,
            Map<String, float[]> trained,
            Precision precision,
            String waveform,
            Tap tap) {
        EncoderScope scope = new EncoderScope(graph, folder.config(), new InlineWeights(folder, trained), precision);
        return new EncoderNodes(scope).define(folder.normalizesInput() ? normalized(graph, waveform) : waveform, tap);
    }

    /** Normalises each clip to mean 0 and variance 1, like Wav2Vec2FeatureExtractor of Hugging Face. */
    private static String normalized(OnnxGraph graph, String waveform) {
        String centred = graph.add("Sub", List.of(waveform, mean(graph, waveform)));
        String variance = mean(graph, graph.add("Mul", List.of(centred, centred)));
        String deviation =
                graph.add("Sqrt", List.of(graph.add("Add", List.of(variance, graph.scalar(VARIANCE_FLOOR)))));
        return graph.add("Div", List.of(centred, deviation));
    }

    private static String mean(OnnxGraph graph, String x) {
        return graph.add("ReduceMean", List.of(x, graph.integers(1)), Attribute.of("keepdims", 1));
    }

    /** Weights that are written into the graph. */
    private static final class InlineWeights implements EncoderWeights {
        private final EncoderFolder folder;
        private final Map<String, float[]> trained;

        InlineWeights(EncoderFolder folder, Map<String, float[]> trained) {
            this.folder = folder;
            this.trained = trained;
        }

        @Override
        public String add(OnnxGraph graph, String name) {
            if (graph.hasConstant(name)) {
                return name;
            }
            TransformerConfig config = folder.config();
            long[] shape = TensorNames.all(config).get(name).sizes().stream()
                    .mapToLong(Long::longValue)
                    .toArray();
            return graph.constant(name, TensorValues.floats(read(name)), shape);
        }

        @Override
        public float[] read(String name) {
            return trained.containsKey(name)
                    ? trained.get(name)
                    : folder.tensors().read(name);
        }
    }
}
