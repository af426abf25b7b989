package org.speechemotion.spark.clips;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.learning.config.IUpdater;
import org.speechemotion.common.Sha256;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.model.BundleManifest;
import org.speechemotion.model.FrontEnd;
import org.speechemotion.model.TrainableEncoder;

/** The encoder of a training run, opened on the driver, with the settings by which executors open it. */
public final class RunEncoder implements AutoCloseable {
    private final EncoderSettings settings;
    private final EncoderSettings here;
    private final EncoderSettings everywhere;
    private final Encoder encoder;

    /**
     * Opens the encoder.
     *
     * @param settings the settings, with an absolute path
     * @param send whether the folder is sent to the executors
     */
    public RunEncoder(JavaSparkContext context, EncoderSettings settings, boolean send) {
        this.settings = settings;
        here = EncoderFolders.onThisMachine(settings, context.hadoopConfiguration());
        encoder = Encoders.open(here);
        everywhere = send && hasFolder() ? EncoderFolders.send(context, settings) : settings;
    }

    public Encoder encoder() {
        return encoder;
    }

    /** Returns the settings by which executors open the encoder. */
    public EncoderSettings everywhere() {
        return everywhere;
    }

    /**
     * Returns the trained layer of the encoder.
     *
     * @param updater the updater of its parameters
     */
    public FrontEnd frontEnd(IUpdater updater) {
        return encoder instanceof TrainableEncoder trainable
                ? trainable.frontEnd(updater)
                : new FrontEnd.None(encoder.width(), encoder.prosodyWidth());
    }

    /**
     * Returns the number of which the padded length of a batch must be a multiple.
     *
     * @param contextStride the total stride of the context network
     * @throws IllegalArgumentException if the context network would shorten audio
     */
    public int timeMultiple(int contextStride) {
        int multiple = encoder instanceof TrainableEncoder trainable ? trainable.timeMultiple() : 1;
        if (multiple > 1 && contextStride > 1) {
            throw new IllegalArgumentException(
                    "training.freeze-feature-extractor = false allows no context network with"
                            + " strides: set network.context.use = never");
        }
        return Math.max(multiple, contextStride);
    }

    /** Copies the pretrained weights into the trained layer of the encoder. */
    public void initialize(ComputationGraph network) {
        if (encoder instanceof TrainableEncoder trainable) {
            trainable.initialize(network);
        }
    }

    /** Returns the path of the encoder in the model's manifest; {@code embed} is whether the model contains a copy. */
    public String path(boolean embed) {
        return embed && hasFolder()
                ? BundleManifest.EMBEDDED
                : settings.pretrained().path();
    }

    /**
     * Copies the encoder's files into a model's folder.
     *
     * @return the SHA-256 hashes of the copies by their names
     */
    public Map<String, String> embedInto(Path model) throws IOException {
        Map<String, String> files = new TreeMap<>();
        if (hasFolder()) {
            Path folder = Files.createDirectories(model.resolve(BundleManifest.EMBEDDED));
            for (Path file : Encoders.files(here)) {
                Path copy = folder.resolve(file.getFileName());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                files.put(BundleManifest.EMBEDDED + "/" + file.getFileName(), Sha256.of(copy));
            }
        }
        return files;
    }

    private boolean hasFolder() {
        return !settings.pretrained().path().isEmpty();
    }

    @Override
    public void close() {
        encoder.close();
    }
}
