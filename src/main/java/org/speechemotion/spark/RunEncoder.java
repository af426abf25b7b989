package org.speechemotion.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.learning.config.IUpdater;
import org.speechemotion.common.Sha256;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.encoder.graph.EncoderSpan;
import org.speechemotion.encoder.pretrained.PretrainedEncoder;
import org.speechemotion.encoder.transformer.EncoderFolder;
import org.speechemotion.model.BundleManifest;
import org.speechemotion.model.FineTunedEncoder;
import org.speechemotion.model.FrontEnd;

/** The encoder of a training run: opened on the driver for its shape, as executors find it, as the model names it. */
final class RunEncoder implements AutoCloseable {
    private static final int FRAME_BUCKET = 16;

    private final EncoderSettings settings;
    private final EncoderSettings here;
    private final EncoderSettings everywhere;
    private final Encoder encoder;

    /**
     * Opens the encoder.
     *
     * @param settings with an absolute path
     * @param send whether the folder is sent to the executors
     */
    RunEncoder(JavaSparkContext context, EncoderSettings settings, boolean send) {
        this.settings = settings;
        here = EncoderFolders.onThisMachine(settings, context.hadoopConfiguration());
        encoder = Encoders.open(here);
        everywhere = send && hasFolder() ? EncoderFolders.send(context, settings) : settings;
    }

    Encoder encoder() {
        return encoder;
    }

    /** What executors open. */
    EncoderSettings everywhere() {
        return everywhere;
    }

    /**
     * What of the encoder is trained with the network.
     *
     * @param updater of its parameters
     */
    FrontEnd frontEnd(IUpdater updater) {
        if (encoder instanceof PretrainedEncoder pretrained) {
            if (settings.pretrained().isWeighted()) {
                return new FrontEnd.Mixing(pretrained.config());
            }
            Optional<EncoderSpan> trained = pretrained.split().trained();
            if (trained.isPresent()) {
                return new FrontEnd.FineTuned(pretrained.config(), trained.get(), updater);
            }
        }
        return new FrontEnd.None(encoder.width());
    }

    /**
     * What the time of a batch is padded to a multiple of. Samples to whole buckets of frames: ND4J keeps arrays for
     * every length that it has seen.
     *
     * @param contextStride input frames of the context network for each that it gives
     * @throws IllegalArgumentException if the context network would shorten what comes from the waveform
     */
    int timeMultiple(int contextStride) {
        if (encoder instanceof PretrainedEncoder pretrained
                && pretrained.split().frozen().isEmpty()) {
            if (contextStride > 1) {
                throw new IllegalArgumentException("training.freeze-feature-extractor = false takes no context network"
                        + " with strides: set network.context.use = never");
            }
            return FRAME_BUCKET * pretrained.config().hop();
        }
        return contextStride;
    }

    /** Writes the encoder's weights into what is trained of it. */
    void initialize(ComputationGraph network) {
        if (encoder instanceof PretrainedEncoder) {
            try (EncoderFolder folder =
                    EncoderFolder.open(Path.of(here.pretrained().path()))) {
                FineTunedEncoder.initialize(network, folder.tensors());
            }
        }
    }

    /** As the model names it. */
    String path(boolean embed) {
        return embed && hasFolder()
                ? BundleManifest.EMBEDDED
                : settings.pretrained().path();
    }

    /**
     * Copies the encoder's files into a model's folder.
     *
     * @return their names there, with their SHA-256
     */
    Map<String, String> embedInto(Path model) throws IOException {
        Map<String, String> files = new TreeMap<>();
        if (hasFolder()) {
            Path folder = Files.createDirectories(model.resolve(BundleManifest.EMBEDDED));
            for (Path file : EncoderFolder.files(Path.of(here.pretrained().path()))) {
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
