package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Tests files of networks that were made to do harm. */
class HostileNetworkFileTest extends NetworkFileFixture {
    private static boolean initialised;
    private static boolean controlInitialised;

    /** Another class that a file names. */
    public static class Control {
        static {
            controlInitialised = true;
        }
    }

    /** A class that a file names: it must not even be initialised. */
    public static class Canary {
        static {
            initialised = true;
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

    /** DL4J's mapper takes a class from a property and, where an object is expected, from an array too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.deeplearning4j.nn.conf.graph.LayerVertex",
                "org.speechemotion.model.ContextPooling",
                "org.deeplearning4j.nn.conf.layers.BatchNormalization",
                "org.speechemotion.model.BranchSoftmax",
                "org.nd4j.linalg.learning.config.Adam",
                "org.speechemotion.model.BranchLoss",
                "org.deeplearning4j.nn.weights.WeightInitUniform"
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
        assertThat(initialised).isFalse();
    }

    /** The proof that the test above could fail. */
    @Test
    void dl4jItselfInitialisesAnyNamedClass() throws IOException {
        String json = json().replace(
                        "org.nd4j.linalg.learning.config.Adam", getClass().getName() + "$Control");
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> ComputationGraphConfiguration.fromJson(json));
        assertThat(controlInitialised).isTrue();
    }

    @Test
    void anotherClassOfDl4jIsRefused() throws IOException {
        String json = json().replace("org.nd4j.linalg.learning.config.Adam", "org.nd4j.linalg.learning.config.AdaMax");
        assertRefused(zip(with(json)), "org.nd4j.linalg.learning.config.AdaMax");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1099511627776", "1073741824", "9223372036854775807", "-1", "0", "4294967296"})
    void networksLargerThanTheirFileAreRejected(String width) throws IOException {
        for (String key : List.of("hiddenWidth", "contextWidth", "classes", "nout", "frameWidth")) {
            String json = json().replaceAll("\"" + key + "\" : \\d+", "\"" + key + "\" : " + width);
            assertThat(json).isNotEqualTo(json());
            if (!key.equals("frameWidth") || !width.matches("[1-9]\\d*")) {
                assertRefused(zip(with(json)), "");
            }
        }
    }

    /** A few bytes of lists would otherwise define parameters for hours. */
    @Test
    void listsWithoutBoundsAreRefused() throws IOException {
        String threes = "3, ".repeat(100_000) + "3";
        for (String key : List.of("branchWidths", "kernels", "widths")) {
            String json = json().replaceAll("\"" + key + "\" : \\[[^]]*\\]", "\"" + key + "\" : [ " + threes + " ]");
            assertThat(json).isNotEqualTo(json());
            assertRefused(zip(with(json)), "");
        }
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
        assertRefused(zip(entries), "coefficients.bin has more data than its ");
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
}
