package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.speechemotion.model.NetworkSettings.ContextSettings;
import org.speechemotion.train.Schedule;
import org.speechemotion.train.ScheduledRate;
import org.speechemotion.train.Trainings;

/** Writes files of networks and changes their entries. */
abstract class NetworkFileFixture {
    static final String CONFIGURATION = "configuration.json";
    static final String PARAMETERS = "coefficients.bin";
    static final String UPDATER_STATE = "updaterState.bin";

    static Stream<Optimization> learnings() {
        ScheduledRate rate = Trainings.of("rate.warm-up-epochs=1").rate().rate(Schedule.LINEAR, 0.1, 10, 1);
        List<Double> weights = List.of(1.0, 2.0, 1.0, 1.0, 0.5, 1.0, 1.0, 3.0);
        return Stream.of(
                learning(new Adam(0.01), null, List.of()),
                learning(new Adam(rate), new WeightDecay(0.1, true), weights),
                learning(new Sgd(rate), new L2Regularization(0.1), List.of()),
                learning(new Nesterovs(rate, 0.9), null, weights));
    }

    static Optimization learning(IUpdater updater, Regularization decay, List<Double> weights) {
        return new Optimization(updater, Optional.ofNullable(decay), weights);
    }

    static ComputationGraph network(Optimization learning) {
        NetworkSettings settings = NetworkSettings.of(new ContextSettings(4, List.of(5, 3), List.of(2, 1)), 5)
                .withDropout(0.3);
        ComputationGraph network =
                new ComputationGraph(EmotionNetwork.configuration(settings, new FrontEnd.None(3), learning, 1));
        network.init();
        INDArray state = state(network);
        if (state != null) {
            state.assign(Nd4j.linspace(-1, 1, state.length()).castTo(state.dataType()));
        }
        return network;
    }

    static INDArray state(ComputationGraph network) {
        return network.getUpdater().getStateViewArray();
    }

    static byte[] write(ComputationGraph network, boolean withUpdater) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NetworkFile.write(network, withUpdater, out);
        return out.toByteArray();
    }

    static ComputationGraph read(byte[] file, boolean withUpdater) throws IOException {
        return NetworkFile.read(new ByteArrayInputStream(file), file.length, withUpdater)
                .network();
    }

    static void assertRefused(byte[] file, String words) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> read(file, true))
                .withMessageContaining(words)
                .satisfies(refusal -> assertThat(NetworkFile.firstLine(refusal)).isNotBlank());
    }

    static Map<String, byte[]> entries(boolean withUpdater) throws IOException {
        return entries(write(network(Optimization.of(new Adam(0.01))), withUpdater));
    }

    static Map<String, byte[]> entries(byte[] file) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    static String json() throws IOException {
        return new String(entries(false).get(CONFIGURATION), StandardCharsets.UTF_8);
    }

    static Map<String, byte[]> with(String json) throws IOException {
        Map<String, byte[]> entries = entries(false);
        entries.put(CONFIGURATION, json.getBytes(StandardCharsets.UTF_8));
        return entries;
    }

    static byte[] zip(Map<String, byte[]> entries) throws IOException {
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

    static byte[] bytes(INDArray array) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            Nd4j.write(array, out);
        }
        return bytes.toByteArray();
    }

    static byte[] header(long length) throws IOException {
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
