package org.speechemotion.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A {@code pytorch_model.bin} as {@code torch.save} has written it since PyTorch 1.6: a zip archive of a pickle that
 * describes the tensors, and of their values. Nothing that the pickle asks for is run.
 */
public final class PickledTensors implements Tensors {
    /** That of a model of a thousand tensors has about 150 kB. */
    private static final int MOST_PICKLE_BYTES = 4 << 20;

    private final Path file;
    private final TensorArchive archive;
    private final Map<String, StoredTensor> tensors;
    private final Map<String, Shape> shapes;

    private PickledTensors(Path file, TensorArchive archive) throws IOException {
        this.file = file;
        this.archive = archive;
        tensors = TensorUnpickler.tensors(archive.bytes("data.pkl", MOST_PICKLE_BYTES));
        tensors.forEach(this::requireStorage);
        Map<String, Shape> named = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> named.put(name, tensor.shape()));
        shapes = Collections.unmodifiableMap(named);
    }

    /**
     * Opens a file and checks its archive and its pickle.
     *
     * @throws WeightsException if it cannot be read, is damaged, or asks for anything but tensors
     */
    public static PickledTensors open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new WeightsException(file + " is not a file");
        }
        try {
            return open(file, TensorArchive.open(file));
        } catch (IOException | RuntimeException e) {
            throw new WeightsException(
                    file + " is no sound PyTorch file: " + (e instanceof WeightsException ? e.getMessage() : e), e);
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
        } catch (IOException | IllegalStateException e) { // the latter once it is closed
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
        // Divided, because the product may be beyond a long.
        if (bytes % storage.type().bytes() != 0 || bytes / storage.type().bytes() != storage.count()) {
            throw new WeightsException("the storage of tensor " + name + " has " + bytes + " bytes, but by its pickle "
                    + storage.count() + " values of " + storage.type());
        }
    }

    private static String entry(StoredTensor tensor) {
        return "data/" + tensor.storage().key();
    }
}
