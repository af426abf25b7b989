package org.speechemotion.weights;

import java.util.Map;

/** Tensors by name. Names, shapes and extents are checked when it is opened, values when they are read. Thread-safe. */
public interface Tensors extends AutoCloseable {

    /** Every tensor's name and shape. */
    Map<String, Shape> shapes();

    /**
     * Reads a tensor.
     *
     * @return its values in row-major order, as 32-bit floats whatever they are stored as
     * @throws WeightsException if there is none of that name, it is too large for an array, its file cannot be read, or
     *     a value is not finite
     */
    float[] read(String name);

    @Override
    void close();
}
