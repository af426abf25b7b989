package org.speechemotion.weights;

import java.util.Map;
import java.util.Optional;

/** Reads tensors by name. Names, shapes and sizes are validated on opening and values on reading. It is thread-safe. */
public interface Tensors extends AutoCloseable {

    /** Returns the shape of every tensor by its name. */
    Map<String, Shape> shapes();

    /**
     * Reads a tensor.
     *
     * @return the values in row-major order, as 32-bit floats for every stored type
     * @throws WeightsException if the tensor does not exist or is too large for an array, the file cannot be read, or a
     *     value is not finite
     */
    float[] read(String name);

    /** Returns the place of a tensor from which others may map it, if a file holds exactly the values of {@link #read}. */
    default Optional<FileRange> range(String name) {
        return Optional.empty();
    }

    @Override
    void close();
}
