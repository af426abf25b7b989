package org.speechemotion.spark.training;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.speechemotion.model.Adversary;
import org.speechemotion.model.NetworkFile;

/** A serialised network for executors, in the format of {@link NetworkFile}. */
final class NetworkBytes implements Serializable {
    private static final long serialVersionUID = 1L;

    private final byte[] zip;

    private NetworkBytes(byte[] zip) {
        this.zip = zip;
    }

    /** Serialises what a network needs to predict, without the adversary that it may be trained against. */
    static NetworkBytes of(ComputationGraph network) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            NetworkFile.write(Adversary.removedFrom(network), false, out);
            return new NetworkBytes(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("the network could not be written to memory", e);
        }
    }

    ComputationGraph open() throws IOException {
        return NetworkFile.read(new ByteArrayInputStream(zip), zip.length, false)
                .network();
    }
}
