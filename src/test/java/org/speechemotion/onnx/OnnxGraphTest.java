package org.speechemotion.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that ONNX Runtime reads the written graphs. */
class OnnxGraphTest {

    @Test
    void constantsOfEveryTypeAndAttributesOfEveryKindAreRead() throws OrtException {
        OnnxGraph graph = new OnnxGraph("test");
        String input = graph.input("x", "rows", 3);
        String sum =
                graph.add("Add", List.of(input, graph.constant("floats", TensorValues.floats(0.5f, -1, 1e-20f), 3)));
        String turned = graph.add("Transpose", List.of(sum), Attribute.list("perm", 1, 0));
        String bytes = graph.add(
                "Cast",
                List.of(graph.constant("bytes", TensorValues.bytes((byte) -128, (byte) 127, (byte) 5), 3, 1)),
                Attribute.of("to", 1));
        String scaled = graph.add("Mul", List.of(turned, bytes));
        String leaky = graph.add("LeakyRelu", List.of(scaled), Attribute.of("alpha", 0.25));
        String flat = graph.add("Reshape", List.of(leaky, graph.integers(-1)));
        List<String> halves = graph.add(
                "Split",
                List.of(flat, graph.constant("sizes", TensorValues.longs(2, 4), 2)),
                2,
                Attribute.of("axis", -1));
        graph.output("first", halves.get(0), 2);
        graph.output("second", halves.get(1), 4);
        graph.metadata("labels", "ärger,freude");
        try (OrtSession session = open(graph, new SessionOptions());
                OnnxTensor x = OnnxTensor.createTensor(
                        OrtEnvironment.getEnvironment(),
                        FloatBuffer.wrap(new float[] {1, 2, 3, 4, 5, 6}),
                        new long[] {2, 3});
                OrtSession.Result result = session.run(Map.of("x", x))) {
            assertThat(values(result, "first")).containsExactly(-128 * 1.5f / 4, -128 * 4.5f / 4);
            assertThat(values(result, "second")).containsExactly(127, 127 * 4, 15, 30);
            assertThat(session.getMetadata().getCustomMetadata()).containsEntry("labels", "ärger,freude");
            assertThat(session.getMetadata().getProducerName()).isEqualTo("speech-emotion-spark");
            TensorInfo shape = (TensorInfo) session.getInputInfo().get("x").getInfo();
            assertThat(shape.getShape()).containsExactly(-1, 3);
            assertThat(shape.getDimensionNames()).containsExactly("rows", "");
        }
    }

    /** More values than one piece of the writer has. */
    @Test
    void largeConstantsAreComplete() throws OrtException {
        float[] values = new float[200_003];
        IntStream.range(0, values.length).forEach(i -> values[i] = i);
        OnnxGraph graph = new OnnxGraph("test");
        String input = graph.input("x", 1);
        graph.output(
                "y",
                graph.add("Add", List.of(input, graph.constant("c", TensorValues.floats(values), values.length))),
                "n");
        try (OrtSession session = open(graph, new SessionOptions());
                OnnxTensor x = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), new float[] {0});
                OrtSession.Result result = session.run(Map.of("x", x))) {
            assertThat(values(result, "y")).isEqualTo(values);
        }
    }

    @Test
    void externalValuesAreReadAtTheirOffset(@TempDir Path folder) throws Exception {
        ByteBuffer file = ByteBuffer.allocate(4 * 1000).order(ByteOrder.LITTLE_ENDIAN);
        IntStream.range(0, 1000).forEach(file::putFloat);
        Files.write(folder.resolve("weights"), file.array());
        OnnxGraph graph = new OnnxGraph("test");
        String input = graph.input("x", 1);
        graph.output("y", graph.add("Mul", List.of(input, graph.external("w", "weights", 4 * 300, 2, 2))), 2, 2);
        SessionOptions options = new SessionOptions();
        options.addConfigEntry("session.model_external_initializers_file_folder_path", folder.toString());
        try (OrtSession session = open(graph, options);
                OnnxTensor x = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), new float[] {10});
                OrtSession.Result result = session.run(Map.of("x", x))) {
            assertThat(values(result, "y")).containsExactly(3000, 3010, 3020, 3030);
        }
    }

    @Test
    void equalConstantsAreStoredOnce() throws IOException {
        OnnxGraph graph = new OnnxGraph("test");
        assertThat(graph.integers(1, 2)).isEqualTo(graph.integers(1, 2)).isNotEqualTo(graph.integers(1, 3));
        assertThat(graph.scalar(0.5)).isEqualTo(graph.scalar(0.5)).isNotEqualTo(graph.scalar(0.25));
    }

    private static OrtSession open(OnnxGraph graph, SessionOptions options) throws OrtException {
        try (options) {
            return OrtEnvironment.getEnvironment().createSession(graph.toBytes(), options);
        }
    }

    private static float[] values(OrtSession.Result result, String output) {
        return ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer().array();
    }
}
