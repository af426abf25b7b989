package org.speechemotion.encoder.graph;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.encoder.transformer.EncoderFolder;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.weights.Fingerprint;
import org.speechemotion.weights.Shape;
import org.speechemotion.weights.WeightsException;

/**
 * The weights of encoders that adapted layers use and do not train. A network names its encoder by the fingerprint, and a process
 * knows the folders of the encoders that it has opened, so the weights travel with neither networks nor models. The arrays are
 * shared by all networks of the process that use them.
 */
public final class BaseWeights {
    private static final int CAPACITY = 64;

    private static final Map<String, BaseWeights> BY_FINGERPRINT = new LinkedHashMap<>(16, 0.75f, true);

    private final Path folder;
    private final String state;
    private final Map<String, WeakReference<INDArray>> arrays = new HashMap<>();

    private BaseWeights(Path folder, String state) {
        this.folder = folder;
        this.state = state;
    }

    /** Notes the folder of an encoder, as which the encoder's fingerprint was computed. */
    public static void note(String fingerprint, Path folder) {
        String state = Fingerprint.state(EncoderFolder.files(folder));
        synchronized (BY_FINGERPRINT) {
            BaseWeights known = BY_FINGERPRINT.get(fingerprint);
            if (known == null || !known.folder.equals(folder) || !known.state.equals(state)) {
                BY_FINGERPRINT.put(fingerprint, new BaseWeights(folder, state));
            }
            if (BY_FINGERPRINT.size() > CAPACITY) {
                BY_FINGERPRINT.remove(BY_FINGERPRINT.keySet().iterator().next());
            }
        }
    }

    /**
     * Returns weights, which must not be changed.
     *
     * @param fingerprint the fingerprint of the encoder's folder
     * @param shapes the shapes of the tensors by their names
     * @throws WeightsException if the folder has changed since it was opened, cannot be read, or has a tensor of another shape
     * @throws IllegalStateException if this process has not opened the encoder
     */
    public static Map<String, INDArray> read(String fingerprint, Map<String, long[]> shapes) {
        BaseWeights weights;
        synchronized (BY_FINGERPRINT) {
            weights = BY_FINGERPRINT.get(fingerprint);
        }
        if (weights == null) {
            throw new IllegalStateException("the model adapts the encoder with fingerprint " + fingerprint
                    + ", which this process has not opened");
        }
        return weights.read(shapes);
    }

    @SuppressWarnings("try") // the scope only needs closing
    private synchronized Map<String, INDArray> read(Map<String, long[]> shapes) {
        Map<String, INDArray> found = new LinkedHashMap<>();
        try (MemoryWorkspace outside = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces();
                EncoderFolder opened = EncoderFolder.open(folder)) {
            Map<String, Shape> actual = TensorNames.all(opened.config());
            shapes.forEach((name, shape) -> {
                if (!Shape.of(shape).equals(actual.get(name))) {
                    throw new WeightsException("the model adapts a tensor " + name + " of shape "
                            + Arrays.toString(shape) + "; the encoder in " + folder + " has " + actual.get(name));
                }
                WeakReference<INDArray> known = arrays.get(name);
                INDArray array = known == null ? null : known.get();
                if (array == null) {
                    array = Nd4j.create(opened.tensors().read(name), shape, 'c');
                    arrays.put(name, new WeakReference<>(array));
                }
                found.put(name, array);
            });
        }
        if (!Fingerprint.state(EncoderFolder.files(folder)).equals(state)) {
            throw new WeightsException(folder + " was changed after its fingerprint was computed");
        }
        return found;
    }
}
