package org.speechemotion.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.speechemotion.common.AtomicFiles;
import org.speechemotion.common.Sha256;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.metrics.Temperature;

/**
 * A trained model as {@code train} writes it and everything else reads it: a folder with {@code model.zip} (see {@link
 * NetworkFile}) and {@code model.json} (see {@link BundleManifest}). What was read has passed its checksums.
 */
public final class ModelBundle {
    public static final String MANIFEST = "model.json";
    public static final String WEIGHTS = "model.zip";

    /** What a Java array can hold. */
    private static final long MAX_FILE_BYTES = Integer.MAX_VALUE - 8;

    private final BundleManifest manifest;
    private final byte[] weights;

    private ModelBundle(BundleManifest manifest, byte[] weights) {
        this.manifest = manifest;
        this.weights = weights;
    }

    /**
     * Bundles a trained network.
     *
     * @param draft the manifest without its {@code files} and {@code modelId}, which are filled in here
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

    /** Of the weights themselves: their file holds the time it was written. */
    private static String modelId(INDArray weights, String configuration, BundleManifest manifest) {
        return modelId(
                weights, configuration + manifest.encoderFingerprint() + manifest.labels() + manifest.temperature());
    }

    private static String modelId(INDArray weights, String rest) {
        float[] parameters = weights.toFloatVector();
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(parameters.length, Float.BYTES));
        bytes.asFloatBuffer().put(parameters);
        return Sha256.of(bytes.array(), rest.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }

    /** So that nothing is taken for the result of another model, in a table of scores for instance. */
    private void requireModelId(NetworkFile.Stored stored) {
        INDArray weights = stored.network().params();
        String found = modelId(weights, stored.configuration(), manifest);
        // Manifests of the first version had no temperature, and so their ids are of the rest.
        boolean first = manifest.temperature() == Temperature.NEUTRAL
                && manifest.modelId()
                        .equals(modelId(
                                weights, stored.configuration() + manifest.encoderFingerprint() + manifest.labels()));
        if (!first && !manifest.modelId().equals(found)) {
            throw new BundleException(
                    MANIFEST + " has modelId " + manifest.modelId() + "; the model that it describes has " + found);
        }
    }

    /**
     * Reads a bundle from its bytes.
     *
     * @param manifest the bytes of {@code model.json}
     * @param weights the bytes of {@code model.zip}
     * @throws BundleException where a checksum or the format does not fit
     */
    public static ModelBundle of(byte[] manifest, byte[] weights) {
        BundleManifest read = BundleManifest.fromJson(manifest);
        String expected = read.files().get(WEIGHTS);
        String found = Sha256.of(weights);
        if (!found.equals(expected)) {
            throw new BundleException(WEIGHTS + " has SHA-256 " + found + "; " + MANIFEST + " says " + expected
                    + ": the file was changed");
        }
        return new ModelBundle(read, weights.clone());
    }

    /**
     * Reads a bundle from a folder.
     *
     * @throws BundleException where the folder holds no bundle, or not the one that its manifest describes
     */
    public static ModelBundle read(Path folder) {
        byte[] manifest = bytes(folder, MANIFEST);
        Map<String, String> files = BundleManifest.fromJson(manifest).files();
        files.keySet().stream().filter(name -> !name.equals(WEIGHTS)).forEach(name -> check(folder, name, files));
        String hash = files.get(WEIGHTS);
        // A writer moves the weights from the second name to the first, perhaps between two looks.
        for (String name : List.of(WEIGHTS, staged(hash), WEIGHTS)) {
            Optional<byte[]> weights = find(folder.resolve(name));
            if (weights.isPresent() && Sha256.of(weights.get()).equals(hash)) {
                return of(manifest, weights.get());
            }
        }
        boolean rewritten = !Arrays.equals(manifest, bytes(folder, MANIFEST));
        return rewritten ? read(folder) : of(manifest, bytes(folder, WEIGHTS));
    }

    /**
     * Writes the bundle into a folder, which is made if missing. A reader sees the whole of it or what was there before,
     * even if the writer is stopped half-way: the renaming of the manifest decides, and until the weights have their
     * final name too, {@link #read} finds them under the other.
     */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        String stagedWeights = staged(manifest.files().get(WEIGHTS));
        String stagedManifest = "." + MANIFEST;
        Files.write(folder.resolve(stagedWeights), weights);
        Files.write(folder.resolve(stagedManifest), manifest.toJson());
        AtomicFiles.sync(folder.resolve(stagedWeights));
        AtomicFiles.move(folder.resolve(stagedManifest), folder.resolve(MANIFEST));
        AtomicFiles.move(folder.resolve(stagedWeights), folder.resolve(WEIGHTS));
    }

    private static String staged(String hash) {
        return "." + hash + "." + WEIGHTS;
    }

    public BundleManifest manifest() {
        return manifest;
    }

    /** The bytes of {@code model.json}. */
    public byte[] manifestBytes() {
        return manifest.toJson();
    }

    /** The bytes of {@code model.zip}. */
    public byte[] weightBytes() {
        return weights.clone();
    }

    /** SHA-256, in hex, of the whole bundle as it was read and checked: the manifest has that of every other file. */
    public String contentSha256() {
        return Sha256.of(manifestBytes());
    }

    /**
     * Checks that the weights are those of the manifest's {@code modelId}, by opening the model once.
     *
     * @throws BundleException where the weights are no network, or of another model than the manifest says
     */
    public void requireModelId() {
        open();
    }

    /**
     * A model of its own for every call: a model serves one thread.
     *
     * @throws BundleException where the weights are no network, or of another model than the manifest says
     */
    public EmotionModel open() {
        try {
            NetworkFile.Stored stored = NetworkFile.read(new ByteArrayInputStream(weights), weights.length, false);
            requireModelId(stored);
            return new EmotionModel(stored.network(), manifest.timeMultiple(), manifest.temperature());
        } catch (IOException e) {
            throw new BundleException(WEIGHTS + " is not a network: " + NetworkFile.firstLine(e), e);
        }
    }

    /**
     * Checks that an encoder is the one that the model was trained on.
     *
     * @throws BundleException where it computes something else
     */
    public void requireEncoder(Encoder encoder) {
        if (!encoder.fingerprint().equals(manifest.encoderFingerprint())) {
            throw new BundleException("the model was trained on encoder " + manifest.encoder() + " with fingerprint "
                    + manifest.encoderFingerprint() + ", but it now has " + encoder.fingerprint());
        }
    }

    /** A file that is too large to be held in memory: an embedded encoder's. */
    private static void check(Path folder, String name, Map<String, String> files) {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder.normalize()) || !Files.isRegularFile(file)) {
            throw new BundleException(folder + " is not a model: it has no " + name);
        }
        try {
            String found = Sha256.of(file);
            if (!found.equals(files.get(name))) {
                throw new BundleException(name + " has SHA-256 " + found + "; " + MANIFEST + " says " + files.get(name)
                        + ": the file was changed");
            }
        } catch (IOException e) {
            throw new BundleException(file + " could not be read: " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(Path folder, String name) {
        return find(folder.resolve(name))
                .orElseThrow(() -> new BundleException(folder + " is not a model: it has no " + name));
    }

    private static Optional<byte[]> find(Path file) {
        // A pipe or a device could be read for ever.
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new BundleException(file + " has " + Files.size(file) + " bytes; allowed are " + MAX_FILE_BYTES);
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException moved) {
            return Optional.empty();
        } catch (IOException e) {
            throw new BundleException(file + " could not be read: " + e.getMessage(), e);
        }
    }
}
