package org.speechemotion.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;

/** A network on its way to the executors, in DL4J's own format. */
final class NetworkBytes implements Serializable {
    private static final long serialVersionUID = 1L;

    private final byte[] zip;

    private NetworkBytes(byte[] zip) {
        this.zip = zip;
    }

    static NetworkBytes of(ComputationGraph network) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ModelSerializer.writeModel(network, out, false);
            return new NetworkBytes(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("the network could not be written to memory", e);
        }
    }

    ComputationGraph open() throws IOException {
        return ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(zip), false);
    }
}
