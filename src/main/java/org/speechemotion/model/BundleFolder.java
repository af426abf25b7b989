package org.speechemotion.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.speechemotion.common.AtomicFiles;
import org.speechemotion.common.Sha256;

/**
 * Reads and writes the folder of a bundle. Renaming the manifest commits a bundle. Until the weights have their final name
 * too, a reader finds them under their temporary name, which contains their hash.
 */
final class BundleFolder {
    /** The maximum length of a Java array. */
    private static final long MAX_FILE_BYTES = Integer.MAX_VALUE - 8;

    private BundleFolder() {}

    static ModelBundle read(Path folder) {
        byte[] manifest = bytes(folder, ModelBundle.MANIFEST);
        Map<String, String> files = BundleManifest.fromJson(manifest).files();
        files.keySet().stream()
                .filter(name -> !name.equals(ModelBundle.WEIGHTS))
                .forEach(name -> check(folder, name, files));
        String hash = files.get(ModelBundle.WEIGHTS);
        // A writer may rename the weights from the second name to the first between two attempts.
        for (String name : List.of(ModelBundle.WEIGHTS, staged(hash), ModelBundle.WEIGHTS)) {
            Optional<byte[]> weights = find(folder.resolve(name));
            if (weights.isPresent() && Sha256.of(weights.get()).equals(hash)) {
                return ModelBundle.of(manifest, weights.get());
            }
        }
        boolean rewritten = !Arrays.equals(manifest, bytes(folder, ModelBundle.MANIFEST));
        return rewritten ? read(folder) : ModelBundle.of(manifest, bytes(folder, ModelBundle.WEIGHTS));
    }

    static void write(BundleManifest manifest, byte[] weights, Path folder) throws IOException {
        Files.createDirectories(folder);
        String stagedWeights = staged(manifest.files().get(ModelBundle.WEIGHTS));
        String stagedManifest = "." + ModelBundle.MANIFEST;
        Files.write(folder.resolve(stagedWeights), weights);
        Files.write(folder.resolve(stagedManifest), manifest.toJson());
        AtomicFiles.sync(folder.resolve(stagedWeights));
        AtomicFiles.move(folder.resolve(stagedManifest), folder.resolve(ModelBundle.MANIFEST));
        AtomicFiles.move(folder.resolve(stagedWeights), folder.resolve(ModelBundle.WEIGHTS));
    }

    /** Copies the files of a bundle other than its weights and its manifest. */
    static void copy(BundleManifest manifest, Path from, Path folder) throws IOException {
        for (String name : manifest.files().keySet()) {
            if (!name.equals(ModelBundle.WEIGHTS)) {
                check(from, name, manifest.files());
                Path copy = folder.resolve(name);
                Files.createDirectories(copy.getParent());
                Files.copy(from.resolve(name), copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static String staged(String hash) {
        return "." + hash + "." + ModelBundle.WEIGHTS;
    }

    /** Checks the hash of a file of an embedded encoder, which is too large to be held in memory. */
    private static void check(Path folder, String name, Map<String, String> files) {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder.normalize()) || !Files.isRegularFile(file)) {
            throw missing(folder, name);
        }
        try {
            ModelBundle.requireHash(name, Sha256.of(file), files);
        } catch (IOException e) {
            throw new BundleException(file + " could not be read: " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(Path folder, String name) {
        return find(folder.resolve(name)).orElseThrow(() -> missing(folder, name));
    }

    private static BundleException missing(Path folder, String name) {
        return new BundleException(folder + " is not a model: it has no " + name);
    }

    private static Optional<byte[]> find(Path file) {
        // Reading a pipe or a device might never end.
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new BundleException(
                        file + " has " + Files.size(file) + " bytes; allowed: at most " + MAX_FILE_BYTES);
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException moved) {
            return Optional.empty();
        } catch (IOException e) {
            throw new BundleException(file + " could not be read: " + e.getMessage(), e);
        }
    }
}
