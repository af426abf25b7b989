package org.speechemotion.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.speechemotion.common.Sha256;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.metrics.Calibrator;
import org.speechemotion.metrics.Temperature;

/**
 * A trained model in the form that {@code train} writes and all other commands read: a folder with {@code model.zip} (see
 * {@link NetworkFile}) and {@code model.json} (see {@link BundleManifest}). The checksums are verified when it is read.
 */
public final class ModelBundle {
    public static final String MANIFEST = "model.json";
    public static final String WEIGHTS = "model.zip";

    /** The name of a model's folder in the folder of its run. */
    public static final String FOLDER = "model";

    private final BundleManifest manifest;
    private final byte[] weights;

    private ModelBundle(BundleManifest manifest, byte[] weights) {
        this.manifest = manifest;
        this.weights = weights;
    }

    /**
     * Creates the bundle of a trained network.
     *
     * @param draft the manifest without {@code files} and {@code modelId}, which this method adds
     * @throws NonFiniteException if the network has parameters that are NaN or infinite
     */
    public static ModelBundle of(ComputationGraph graph, BundleManifest draft) {
        byte[] weights;
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            NetworkFile.write(graph, false, out);
            weights = out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("the model could not be written to memory", e);
        }
        return new ModelBundle(
                draft.identified(
                        modelId(graph.params(), graph.getConfiguration().toJson(), draft),
                        Map.of(WEIGHTS, Sha256.of(weights))),
                weights);
    }

    /**
     * Computes the identity from the weights themselves, because their file contains the time at which it was written.
     */
    private static String modelId(INDArray weights, String configuration, BundleManifest manifest) {
        return modelId(
                weights,
                configuration
                        + manifest.encoderFingerprint()
                        + manifest.labels()
                        + manifest.temperature()
                        + (manifest.bias().isEmpty() ? "" : manifest.bias()));
    }

    private static String modelId(INDArray weights, String rest) {
        float[] parameters = weights.toFloatVector();
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(parameters.length, Float.BYTES));
        bytes.asFloatBuffer().put(parameters);
        return Sha256.of(bytes.array(), rest.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }

    /** Verifies the identity, so that no result, for instance in a score table, can be attributed to another model. */
    private void requireModelId(NetworkFile.StoredNetwork stored) {
        INDArray weights = stored.network().params();
        String found = modelId(weights, stored.configuration(), manifest);
        // Manifests of the first version have no temperature, so their identities do not include it.
        boolean first = manifest.temperature() == Temperature.NEUTRAL
                && manifest.bias().isEmpty()
                && manifest.modelId()
                        .equals(modelId(
                                weights, stored.configuration() + manifest.encoderFingerprint() + manifest.labels()));
        if (!first && !manifest.modelId().equals(found)) {
            throw new BundleException(
                    MANIFEST + " has modelId " + manifest.modelId() + "; the model that it describes has " + found);
        }
    }

    /**
     * Returns the same network with another calibration, which makes it another model with another identity.
     *
     * @param speakers the speakers of the clips that the calibration was fitted to; they join the validation side, so that
     *     no test of the model counts them among others
     * @param created the time of creation, an ISO-8601 instant in UTC
     * @throws BundleException if the weights are not a network, or not that of the manifest's model
     */
    public ModelBundle calibrated(Calibrator calibrator, Set<String> speakers, String created) {
        try {
            NetworkFile.StoredNetwork stored =
                    NetworkFile.read(new ByteArrayInputStream(weights), weights.length, false);
            requireModelId(stored);
            BundleManifest other = manifest.calibrated(calibrator, speakers, created);
            String id = modelId(stored.network().params(), stored.configuration(), other);
            return new ModelBundle(other.identified(id, Map.of()), weights);
        } catch (IOException e) {
            throw new BundleException(WEIGHTS + " is not a network: " + NetworkFile.firstLine(e), e);
        }
    }

    /**
     * Reads a bundle from its bytes.
     *
     * @param manifest the bytes of {@code model.json}
     * @param weights the bytes of {@code model.zip}
     * @throws BundleException if a checksum or the format is wrong
     */
    public static ModelBundle of(byte[] manifest, byte[] weights) {
        BundleManifest read = BundleManifest.fromJson(manifest);
        requireHash(WEIGHTS, Sha256.of(weights), read.files());
        return new ModelBundle(read, weights.clone());
    }

    static void requireHash(String name, String found, Map<String, String> files) {
        if (!found.equals(files.get(name))) {
            throw new BundleException(name + " has SHA-256 " + found + "; " + MANIFEST + " says " + files.get(name)
                    + ": the file was changed");
        }
    }

    /**
     * Returns the folder of a model.
     *
     * @param given the folder itself, or that of the run that trained the model, which has it in the folder {@value #FOLDER}
     */
    public static Path folder(Path given) {
        boolean run = !Files.exists(given.resolve(MANIFEST))
                && Files.exists(given.resolve(FOLDER).resolve(MANIFEST));
        return run ? given.resolve(FOLDER) : given;
    }

    /**
     * Reads a bundle from a folder.
     *
     * @throws BundleException if the folder has no bundle, or a checksum or the format is wrong
     */
    public static ModelBundle read(Path folder) {
        return BundleFolder.read(folder);
    }

    /**
     * Writes the bundle into a folder, which is created if it is missing. A reader sees either the new bundle or the
     * previous one, even if the writer is interrupted.
     */
    public void write(Path folder) throws IOException {
        BundleFolder.write(manifest, weights, folder);
    }

    /**
     * Writes the bundle with copies of the further files, such as an embedded encoder, from the folder of another bundle.
     *
     * @param from the folder of a bundle whose further files have the same hashes
     */
    public void write(Path folder, Path from) throws IOException {
        BundleFolder.copy(manifest, from, folder);
        write(folder);
    }

    public BundleManifest manifest() {
        return manifest;
    }

    /** Returns the bytes of {@code model.json}. */
    public byte[] manifestBytes() {
        return manifest.toJson();
    }

    /** Returns the bytes of {@code model.zip}. */
    public byte[] weightBytes() {
        return weights.clone();
    }

    /**
     * Returns the hexadecimal SHA-256 of the manifest, which has the hashes of all other files and so identifies the
     * whole bundle.
     */
    public String contentSha256() {
        return Sha256.of(manifestBytes());
    }

    /**
     * Checks that the weights are those of the manifest's {@code modelId}, by opening the model once.
     *
     * @throws BundleException if the weights are not a network, or not that of the manifest's model
     */
    public void requireModelId() {
        model(network());
    }

    /**
     * Opens a new model for one thread. Adapters of the encoder are merged with its weights, which requires that this process
     * has opened the encoder.
     *
     * @throws BundleException if the weights are not a network, or not that of the manifest's model
     * @throws IllegalStateException if the model has adapters, and this process has not opened the encoder
     */
    public EmotionModel open() {
        return model(AdaptedEncoder.merged(network()));
    }

    private EmotionModel model(ComputationGraph network) {
        try {
            return new EmotionModel(network, manifest.timeMultiple(), manifest.calibrator(), manifest.emotions());
        } catch (IllegalArgumentException e) {
            throw new BundleException(WEIGHTS + " does not fit " + MANIFEST + ": " + e.getMessage(), e);
        }
    }

    /**
     * Opens the network as it was trained, with adapters apart from the weights of the encoder.
     *
     * @throws BundleException if the weights are not a network, or not that of the manifest's model
     */
    public ComputationGraph network() {
        try {
            NetworkFile.StoredNetwork stored =
                    NetworkFile.read(new ByteArrayInputStream(weights), weights.length, false);
            requireModelId(stored);
            return stored.network();
        } catch (IllegalArgumentException e) {
            throw new BundleException(WEIGHTS + " does not fit " + MANIFEST + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new BundleException(WEIGHTS + " is not a network: " + NetworkFile.firstLine(e), e);
        }
    }

    /**
     * Checks that an encoder is the one that the model was trained with.
     *
     * @throws BundleException if it has another fingerprint
     */
    public void requireEncoder(Encoder encoder) {
        if (!encoder.fingerprint().equals(manifest.encoderFingerprint())) {
            throw new BundleException("the model was trained with encoder " + manifest.encoder() + " with fingerprint "
                    + manifest.encoderFingerprint() + ", but the encoder has " + encoder.fingerprint());
        }
    }
}
