package org.speechemotion.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads a {@code pytorch_model.bin} in the format of {@code torch.save} since PyTorch 1.6: a zip archive with a pickle that
 * describes the tensors, and with their values. No code of the pickle is executed.
 */
public final class PickledTensors implements Tensors {
    /** The pickle of a model with a thousand tensors has about 150 kB. */
    private static final int MAX_PICKLE_BYTES = 4 << 20;

    private final Path file;
    private final TensorArchive archive;
    private final Map<String, StoredTensor> tensors;
    private final Map<String, Shape> shapes;

    private PickledTensors(Path file, TensorArchive archive) throws IOException {
        this.file = file;
        this.archive = archive;
        tensors = TensorUnpickler.tensors(archive.bytes("data.pkl", MAX_PICKLE_BYTES));
        tensors.forEach(this::requireStorage);
        Map<String, Shape> named = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> named.put(name, tensor.shape()));
        shapes = Collections.unmodifiableMap(named);
    }

    /**
     * Opens a file and validates its archive and its pickle.
     *
     * @throws WeightsException if it cannot be read, is damaged, or contains anything but tensors
     */
    public static PickledTensors open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new WeightsException(file + " is not a file");
        }
        try {
            return open(file, TensorArchive.open(file));
        } catch (IOException | RuntimeException e) {
            throw new WeightsException(
                    file + " is not a valid PyTorch file: " + (e instanceof WeightsException ? e.getMessage() : e), e);
        }
    }

    private static PickledTensors open(Path file, TensorArchive archive) throws IOException {
        try {
            return new PickledTensors(file, archive);
        } catch (IOException | RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    @Override
    public Map<String, Shape> shapes() {
        return shapes;
    }

    @Override
    public float[] read(String name) {
        StoredTensor stored = tensors.get(name);
        if (stored == null) {
            throw new WeightsException(file + " has no tensor " + name);
        }
        String tensor = file + ": tensor " + name;
        Values.requireReadable(tensor, stored.storage().type(), stored.span());
        try {
            float[] span = archive.values(entry(stored), stored.storage().type(), stored.offset(), (int) stored.span());
            return Values.requireFinite(tensor, stored.isRowMajor() ? span : stored.gather(span));
        } catch (IOException | IllegalStateException e) { // the latter if it is closed
            throw new WeightsException(tensor + " cannot be read: " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            archive.close();
        } catch (IOException e) {
            throw new WeightsException(file + " cannot be closed: " + e, e);
        }
    }

    private void requireStorage(String name, StoredTensor tensor) {
        StoredTensor.Storage storage = tensor.storage();
        long bytes = archive.size(entry(tensor));
        // Divides, because the product may overflow.
        if (bytes % storage.type().bytes() != 0 || bytes / storage.type().bytes() != storage.count()) {
            throw new WeightsException("the storage of tensor " + name + " has " + bytes
                    + " bytes; expected by its pickle: " + storage.count() + " values of " + storage.type());
        }
    }

    private static String entry(StoredTensor tensor) {
        return "data/" + tensor.storage().key();
    }
}
