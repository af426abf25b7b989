package org.speechemotion.encoder.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.PretrainedSettings.Precision;
import org.speechemotion.encoder.PretrainedSettings.Processor;
import org.speechemotion.encoder.onnx.OnnxForward;
import org.speechemotion.encoder.transformer.EncoderFolder;
import org.speechemotion.encoder.transformer.ExpectedStates;
import org.speechemotion.encoder.transformer.Folders;
import org.speechemotion.encoder.transformer.FrozenForward;
import org.speechemotion.encoder.transformer.Tap;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.random.KeyedRandom;

/**
 * Prints the table of docs/encoders.md: the distances of the engines from Hugging Face for every fixture.
 * {@code scripts/benchmark encoder-parity}
 */
final class EncoderParity {
    enum Engine {
        GRAPH,
        /** ONNX Runtime, which runs every clip alone. */
        ONNX
    }

    /** The surroundings of a clip in a batch. */
    enum Way {
        ALONE,
        BATCHED,
        /** The padding of the graph holds noise of 100 times the clips' level. The kernels have no padding; they encode the noise before the clip. */
        GARBAGE
    }

    /** A cell of the table. */
    record Case(Engine engine, Way way) {}

    private EncoderParity() {}

    public static void main(String[] arguments) {
        StringBuilder table = new StringBuilder(
                """
                | fixture | graph, alone | batched | garbage | ONNX Runtime, alone |
                |---|---|---|---|---|
                """);
        for (String folder :
                Stream.concat(Folders.ALL.stream(), Folders.UNUSUAL.stream()).toList()) {
            table.append("| ").append(folder);
            Map<Case, Double> distances = distances(folder, List.of(Engine.GRAPH), List.of(Way.values()));
            distances.putAll(distances(folder, List.of(Engine.ONNX), List.of(Way.ALONE)));
            distances.values().forEach(distance -> table.append(String.format(Locale.ROOT, " | %.1e", distance)));
            table.append(" |\n");
        }
        System.err.print(table);
    }

    /** The farthest that any value of any hidden state of any clip is from Hugging Face's, of the clip run alone. */
    static Map<Case, Double> distances(String name, List<Engine> engines, List<Way> ways) {
        Map<Case, Double> distances = new LinkedHashMap<>();
        try (EncoderFolder folder = EncoderFolder.open(Folders.path(name))) {
            TransformerConfig config = folder.config();
            ExpectedStates expected = ExpectedStates.of(Folders.path(name), folder);
            List<float[]> clips = expected.inputs(folder.normalizesInput());
            for (Engine engine : engines) {
                try (FrozenForward forward =
                        switch (engine) {
                            case GRAPH -> new GraphForward(config, folder.tensors());
                            case ONNX -> new OnnxForward(config, folder.tensors(), Precision.FLOAT32, Processor.CPU, 2);
                        }) {
                    for (Way way : ways) {
                        distances.put(new Case(engine, way), distance(run(forward, clips, way), expected, config));
                    }
                }
            }
        }
        return distances;
    }

    private static List<Frames> run(FrozenForward forward, List<float[]> clips, Way way) {
        Tap every = new Tap.AllHidden();
        return switch (way) {
            case ALONE -> clips.stream()
                    .map(clip -> forward.run(List.of(clip), every).get(0))
                    .toList();
            case BATCHED -> forward.run(clips, every);
            case GARBAGE -> {
                if (forward instanceof GraphForward graph) {
                    yield garbage(graph, clips);
                }
                forward.run(clips.stream().map(clip -> noise(clip.length)).toList(), every);
                yield forward.run(clips, every);
            }
        };
    }

    private static List<Frames> garbage(GraphForward graph, List<float[]> clips) {
        int samples = clips.stream().mapToInt(clip -> clip.length).max().orElseThrow() + 3210;
        float[] padded = noise(clips.size() * samples);
        for (int i = 0; i < clips.size(); i++) {
            System.arraycopy(clips.get(i), 0, padded, i * samples, clips.get(i).length);
        }
        int[] lengths = clips.stream().mapToInt(clip -> clip.length).toArray();
        return graph.runPadded(padded, lengths, new Tap.AllHidden());
    }

    private static float[] noise(int samples) {
        KeyedRandom random = new KeyedRandom(samples);
        float[] noise = new float[samples];
        for (int i = 0; i < samples; i++) {
            noise[i] = (float) random.nextDouble(-100, 100);
        }
        return noise;
    }

    private static double distance(List<Frames> clips, ExpectedStates expected, TransformerConfig config) {
        List<Double> distances = new ArrayList<>();
        int width = config.width();
        for (int clip = 0; clip < clips.size(); clip++) {
            Frames frames = clips.get(clip);
            for (int state = 0; state <= config.layers(); state++) {
                float[] hidden = expected.hidden(clip, state);
                if (hidden.length != frames.time() * width) {
                    throw new IllegalStateException(frames + " for " + hidden.length / width + " frames");
                }
                for (int i = 0; i < hidden.length; i++) {
                    float value = frames.values()[i / width * frames.width() + state * width + i % width];
                    double distance = Math.abs((double) value - hidden[i]);
                    distances.add(Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance);
                }
            }
        }
        return distances.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
