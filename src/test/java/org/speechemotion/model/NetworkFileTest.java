package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.model.NetworkSettings.ContextSettings;
import org.speechemotion.train.Schedule;
import org.speechemotion.train.ScheduledRate;

/** Networks in files: what is written is read, DL4J agrees, and nothing but a network is accepted. */
class NetworkFileTest {
    private static final String CONFIGURATION = "configuration.json";
    private static final String PARAMETERS = "coefficients.bin";
    private static final String UPDATER_STATE = "updaterState.bin";

    private static boolean sang;
    private static boolean controlSang;

    /** Another class that a file names. */
    public static class Control {
        static {
            controlSang = true;
        }
    }

    /** A class that a file names: it must not even be initialised. */
    public static class Canary {
        static {
            sang = true;
        }
    }

    static Stream<Optimization> learnings() {
        ScheduledRate rate = new ScheduledRate(Schedule.LINEAR, 0.1, true, 10, 1, 0, 1, 1, 0.3, 25, 1e4);
        List<Double> weights = List.of(1.0, 2.0, 1.0, 1.0, 0.5, 1.0, 1.0, 3.0);
        return Stream.of(
                learning(new Adam(0.01), null, List.of()),
                learning(new Adam(rate), new WeightDecay(0.1, true), weights),
                learning(new Sgd(rate), new L2Regularization(0.1), List.of()),
                learning(new Nesterovs(rate, 0.9), null, weights));
    }

    private static Optimization learning(IUpdater updater, Regularization decay, List<Double> weights) {
        return new Optimization(updater, Optional.ofNullable(decay), weights);
    }

    @ParameterizedTest
    @MethodSource("learnings")
    void writtenValuesAreReadBack(Optimization learning) throws IOException {
        ComputationGraph network = network(learning);
        network.getConfiguration().setIterationCount(7);
        network.getConfiguration().setEpochCount(2);
        byte[] file = write(network, true);
        ComputationGraph read = read(file, true);
        assertThat(read.getConfiguration().toJson())
                .isEqualTo(network.getConfiguration().toJson());
        assertThat(read.params()).isEqualTo(network.params());
        assertThat(state(read)).isEqualTo(state(network));
        assertThat(read(file, false).params()).isEqualTo(network.params());
    }

    @ParameterizedTest
    @MethodSource("learnings")
    void dl4jReadsTheSame(Optimization learning) throws IOException {
        ComputationGraph network = network(learning);
        byte[] file = write(network, true);
        ComputationGraph theirs = ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(file), true);
        ComputationGraph ours = read(file, true);
        assertThat(ours.params()).isEqualTo(theirs.params());
        assertThat(ours.params().shape()).isEqualTo(theirs.params().shape());
        assertThat(state(ours)).isEqualTo(state(theirs));
        assertThat(ours.getConfiguration()).isEqualTo(theirs.getConfiguration());
    }

    /** {@code FineTunedEncoderTest} does the same with the layers of an encoder. */
    @Test
    void aNetworkThatMixesHiddenStatesIsRead() throws IOException {
        TransformerConfig config = TinyEncoder.open("hubert-base", TinyEncoder.Place.LAST_LAYER, new Sgd(0.1)).config;
        ComputationGraph network = new ComputationGraph(EmotionNetwork.configuration(
                TinyNetwork.settings(false), new FrontEnd.Mixing(config), Optimization.of(new Adam(0.01)), 1));
        network.init();
        ComputationGraph read = read(write(network, true), true);
        assertThat(read.params()).isEqualTo(network.params());
        assertThat(read.getConfiguration().toJson())
                .isEqualTo(network.getConfiguration().toJson());
    }

    /** A layer count of two thousand million has the same parameters defined for ever. */
    @Test
    void anArchitectureWithoutBoundsIsRefused() throws IOException {
        ComputationGraph network = TinyEncoder.open("hubert-base", TinyEncoder.Place.LAST_LAYER, new Adam(0.1)).network;
        Map<String, byte[]> entries = entries(write(network, false));
        String json = new String(entries.get(CONFIGURATION), StandardCharsets.UTF_8);
        for (String key : List.of("num_hidden_layers", "hidden_size", "intermediate_size", "num_attention_heads")) {
            String changed = json.replaceAll("\"" + key + "\" : \\d+", "\"" + key + "\" : 2000000000");
            assertThat(changed).isNotEqualTo(json);
            entries.put(CONFIGURATION, changed.getBytes(StandardCharsets.UTF_8));
            assertRefused(zip(entries), key + " is 2000000000; allowed: 1 to ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"preprocessor.bin", "normalizer.bin", "notes.txt", "../coefficients.bin", PARAMETERS})
    void unexpectedEntriesAreRejected(String name) throws IOException {
        for (boolean first : List.of(true, false)) {
            Map<String, byte[]> entries = new LinkedHashMap<>();
            if (first) {
                entries.put(name, new byte[] {1});
            }
            entries(false).forEach(entries::putIfAbsent);
            entries.putIfAbsent(name, new byte[] {1});
            if (first || !name.equals(PARAMETERS)) {
                assertRefused(zip(entries), "it has the entry " + name + " ");
            }
        }
        Map<String, byte[]> trailing = entries(true);
        if (trailing.putIfAbsent(name, new byte[] {1}) == null) {
            assertRefused(zip(trailing), "it has the entry " + name + " after the last one, updaterState.bin");
        }
    }

    @Test
    void duplicateEntriesAreRejected() throws IOException {
        byte[] twice = zip(entries(true));
        // The same length, so that the archive stays whole.
        byte[] text = new String(twice, StandardCharsets.ISO_8859_1)
                .replace(UPDATER_STATE, PARAMETERS)
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(UPDATER_STATE).hasSameSizeAs(PARAMETERS);
        assertRefused(text, "it has the entry coefficients.bin where updaterState.bin is required");
    }

    @ParameterizedTest
    @ValueSource(strings = {CONFIGURATION, PARAMETERS})
    void aMissingEntryIsRefused(String name) throws IOException {
        Map<String, byte[]> entries = entries(false);
        entries.remove(name);
        assertRefused(zip(entries), name);
    }

    @Test
    void otherFilesAreRejected() {
        assertRefused(new byte[0], "it has no entry configuration.json");
        assertRefused(new byte[] {1, 2, 3}, "it has no entry configuration.json");
    }

    @Test
    void aShortenedFileIsRefused() throws IOException {
        byte[] whole = write(network(Optimization.of(new Adam(0.01))), true);
        // What stands behind the entries, the directory of the archive, is not needed.
        for (int length = 0; length < whole.length * 3 / 4; length += 97) {
            assertRefused(Arrays.copyOf(whole, length), "");
        }
    }

    /** DL4J's mapper takes a class from a property and, where an object is expected, from an array too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.deeplearning4j.nn.conf.graph.LayerVertex",
                "org.speechemotion.model.MaskedConvolution",
                "org.deeplearning4j.nn.conf.layers.DenseLayer",
                "org.speechemotion.model.ExactGelu",
                "org.nd4j.linalg.learning.config.Adam",
                "org.nd4j.linalg.lossfunctions.impl.LossMCXENT",
                "org.deeplearning4j.nn.weights.WeightInitXavier"
            })
    void foreignClassesAreNeitherLoadedNorInstantiated(String ours) throws IOException {
        String theirs = getClass().getName() + "$Canary";
        String json = json();
        assertThat(json).contains("\"@class\" : \"" + ours + "\"");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> read(zip(with(json.replace(ours, theirs))), false))
                .withMessageContaining(theirs);
        String array = json.replaceAll(
                "\\{\\s*\"@class\" : \"" + ours.replace(".", "\\.") + "\"\\s*,?",
                Matcher.quoteReplacement("[\"" + theirs + "\", {"));
        assertThat(array).contains(theirs);
        assertRefused(zip(with(array)), "");
        for (String key : List.of("preProcessor", "constraints", "weightNoise", "stepFunction", "idropout")) {
            String planted = json.replace(
                    "\"" + key + "\" : null",
                    "\"" + key + "\" : [\"" + theirs + "\", {\"@class\" : \"" + theirs + "\"}]");
            assertThat(planted).isNotEqualTo(json);
            assertRefused(zip(with(planted)), "");
            String named =
                    json.replace("\"" + key + "\" : null", "\"" + key + "\" : {\"@class\" : \"" + theirs + "\"}");
            assertRefused(zip(with(named)), "");
        }
        assertThat(sang).isFalse();
    }

    /** The proof that the test above could fail. */
    @Test
    void dl4jItselfInitialisesAnyNamedClass() throws IOException {
        String json = json().replace(
                        "org.nd4j.linalg.learning.config.Adam", getClass().getName() + "$Control");
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> ComputationGraphConfiguration.fromJson(json));
        assertThat(controlSang).isTrue();
    }

    @Test
    void anotherClassOfDl4jIsRefused() throws IOException {
        String json = json().replace("org.nd4j.linalg.learning.config.Adam", "org.nd4j.linalg.learning.config.AdaMax");
        assertRefused(zip(with(json)), "org.nd4j.linalg.learning.config.AdaMax");
    }

    @Test
    void aConfigurationOfAnotherNetworkIsRefused() throws IOException {
        String json = json();
        assertRefused(
                zip(with(json.replace(
                        "\"nout\" : 8,\n"
                                + "          \"regularization\" : [ ],\n"
                                + "          \"regularizationBias\" : [ ],\n"
                                + "          \"timeDistributedFormat\" : null,\n"
                                + "          \"weightInitFn\"",
                        "\"nout\" : 21,\n"
                                + "          \"regularization\" : [ ],\n"
                                + "          \"regularizationBias\" : [ ],\n"
                                + "          \"timeDistributedFormat\" : null,\n"
                                + "          \"weightInitFn\""))),
                "");
        assertRefused(
                zip(with(json.replace("\"networkOutputs\" : [ \"emotion\" ]", "\"networkOutputs\" : [ \"hidden\" ]"))),
                "the output emotion of 2 to 20 values");
        assertRefused(zip(with("{}")), "");
        assertRefused(zip(with("null")), "");
        assertRefused(zip(with("[".repeat(100_000))), "");
        assertRefused(zip(with(json + "{}")), "");
        assertRefused(zip(with(" ".repeat((4 << 20) + 1))), "configuration.json has more than 4194304 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1099511627776", "1073741824", "9223372036854775807", "-1", "0", "4294967296"})
    void networksLargerThanTheirFileAreRejected(String width) throws IOException {
        assertRefused(zip(with(json().replace("\"nout\" : 5", "\"nout\" : " + width))), "");
        assertRefused(zip(with(json().replace("\"width\" : 4", "\"width\" : " + width))), "");
        assertRefused(zip(with(json().replace("\"outputWidth\" : 4", "\"outputWidth\" : " + width))), "");
    }

    @Test
    void headersLargerThanTheConfigurationAreRejected() throws IOException {
        ComputationGraph network = network(Optimization.of(new Adam(0.01)));
        for (long length : new long[] {1L << 40, 0, -1, network.numParams() + 1, network.numParams() - 1}) {
            Map<String, byte[]> entries = entries(false);
            entries.put(PARAMETERS, header(length));
            assertRefused(
                    zip(entries),
                    "coefficients.bin has the shape [" + length + "]; the configuration needs " + network.numParams()
                            + " values");
        }
    }

    @Test
    void arraysOfAnotherLengthAreRefused() throws IOException {
        Map<String, byte[]> entries = entries(true);
        byte[] parameters = entries.get(PARAMETERS);
        entries.put(PARAMETERS, Arrays.copyOf(parameters, parameters.length - 4));
        assertRefused(zip(entries), "coefficients.bin ends before its ");
        entries.put(PARAMETERS, Arrays.copyOf(parameters, 1 << 24));
        assertRefused(zip(entries), "coefficients.bin goes on after its ");
        entries = entries(true);
        entries.put(UPDATER_STATE, entries.get(PARAMETERS));
        byte[] bundle = zip(entries);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> read(bundle, true))
                .withMessageContaining("updaterState.bin has the shape [");
    }

    @Test
    void arraysOfAnotherTypeAreRefused() throws IOException {
        ComputationGraph network = network(Optimization.of(new Adam(0.01)));
        Map<String, byte[]> entries = entries(false);
        ByteArrayOutputStream doubles = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(doubles)) {
            Nd4j.write(network.params().castTo(DataType.DOUBLE), out);
        }
        entries.put(PARAMETERS, doubles.toByteArray());
        assertRefused(zip(entries), "coefficients.bin is not an array of 32-bit floats");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void nonFiniteValuesAreNeitherWrittenNorRead(float value) throws IOException {
        ComputationGraph network = network(Optimization.of(new Adam(0.01)));
        INDArray poisoned = network.params().dup().putScalar(3, value);
        Map<String, byte[]> entries = entries(true);
        entries.put(PARAMETERS, bytes(poisoned));
        assertRefused(zip(entries), "coefficients.bin has the value " + value + " at index 3");

        Map<String, byte[]> others = entries(true);
        others.put(UPDATER_STATE, bytes(state(network).dup().putScalar(3, value)));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> read(zip(others), true))
                .withMessageStartingWith("updaterState.bin has the value " + value + " at index 3");

        network.params().putScalar(3, value);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThatExceptionOfType(NonFiniteException.class)
                .isThrownBy(() -> NetworkFile.write(network, false, out))
                .withMessage(
                        "1 of the " + network.numParams() + " values of the network's parameters are NaN or infinite");
        assertThat(out.size()).isZero();
        ComputationGraph other = network(Optimization.of(new Adam(0.01)));
        state(other).putScalar(3, value);
        assertThatExceptionOfType(NonFiniteException.class)
                .isThrownBy(() -> NetworkFile.write(other, true, out))
                .withMessageContaining("the updater's state");
        assertThat(out.size()).isZero();
    }

    /** Many numbers whose sum or square overflows are still finite. */
    @Test
    void largeNumbersAreFinite() throws IOException {
        ComputationGraph network = network(Optimization.of(new Adam(0.01)));
        network.params().assign(Float.MAX_VALUE);
        assertThat(read(write(network, true), true).params()).isEqualTo(network.params());
    }

    private static ComputationGraph network(Optimization learning) {
        NetworkSettings settings =
                new NetworkSettings(new ContextSettings(4, List.of(5, 3), List.of(2, 1)), true, true, 5, 0.3);
        ComputationGraph network =
                new ComputationGraph(EmotionNetwork.configuration(settings, new FrontEnd.None(3), learning, 1));
        network.init();
        INDArray state = state(network);
        if (state != null) {
            state.assign(Nd4j.linspace(-1, 1, state.length()).castTo(state.dataType()));
        }
        return network;
    }

    private static INDArray state(ComputationGraph network) {
        return network.getUpdater().getStateViewArray();
    }

    private static byte[] write(ComputationGraph network, boolean withUpdater) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NetworkFile.write(network, withUpdater, out);
        return out.toByteArray();
    }

    private static ComputationGraph read(byte[] file, boolean withUpdater) throws IOException {
        return NetworkFile.read(new ByteArrayInputStream(file), file.length, withUpdater)
                .network();
    }

    private static void assertRefused(byte[] file, String words) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> read(file, true))
                .withMessageContaining(words)
                .satisfies(refusal -> assertThat(NetworkFile.firstLine(refusal)).isNotBlank());
    }

    private static Map<String, byte[]> entries(boolean withUpdater) throws IOException {
        return entries(write(network(Optimization.of(new Adam(0.01))), withUpdater));
    }

    private static Map<String, byte[]> entries(byte[] file) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static String json() throws IOException {
        return new String(entries(false).get(CONFIGURATION), StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> with(String json) throws IOException {
        Map<String, byte[]> entries = entries(false);
        entries.put(CONFIGURATION, json.getBytes(StandardCharsets.UTF_8));
        return entries;
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(INDArray array) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            Nd4j.write(array, out);
        }
        return bytes.toByteArray();
    }

    private static byte[] header(long length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF("MIXED_DATA_TYPES");
            out.writeLong(6);
            out.writeUTF("LONG");
            for (long value : new long[] {1, length, 1, 8192, 1, 'c'}) {
                out.writeLong(value);
            }
            out.writeUTF("MIXED_DATA_TYPES");
            out.writeLong(length);
            out.writeUTF("FLOAT");
        }
        return bytes.toByteArray();
    }
}
