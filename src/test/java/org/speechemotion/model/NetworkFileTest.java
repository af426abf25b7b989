package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.speechemotion.encoder.transformer.TransformerConfig;

/** Tests files of networks: written networks are read, also by DL4J, and other content is rejected. */
class NetworkFileTest extends NetworkFileFixture {
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

    @Test
    void aShortenedFileIsRefused() throws IOException {
        byte[] whole = write(network(Optimization.of(new Adam(0.01))), true);
        // The directory of the archive, which follows the entries, is not needed.
        for (int length = 0; length < whole.length * 3 / 4; length += 97) {
            assertRefused(Arrays.copyOf(whole, length), "");
        }
    }

    @Test
    void aConfigurationOfAnotherNetworkIsRefused() throws IOException {
        String json = json();
        assertRefused(zip(with(json.replace("\"classes\" : 8", "\"classes\" : 21"))), "");
        assertRefused(
                zip(with(json.replace("\"networkOutputs\" : [ \"emotion\" ]", "\"networkOutputs\" : [ \"head\" ]"))),
                "the output emotion of 2 to 20 values");
        assertRefused(
                zip(with(json.replaceFirst("\"widths\" : \\[ 8 \\]", "\"widths\" : [ 7 ]"))),
                "is not that of a network");
        assertRefused(zip(with("{}")), "");
        assertRefused(zip(with("null")), "");
        assertRefused(zip(with("[".repeat(100_000))), "");
        assertRefused(zip(with(json + "{}")), "");
        assertRefused(zip(with(" ".repeat((4 << 20) + 1))), "configuration.json has more than 4194304 bytes");
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
}
