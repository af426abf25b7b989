package org.speechemotion.weights;

import java.util.Map;

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

    @Override
    void close();
}
