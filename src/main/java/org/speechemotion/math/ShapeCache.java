package org.speechemotion.math;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.BaseShapeInfoProvider;

/**
 * Keeps the descriptions of the shapes of ND4J's arrays, which never change, for further arrays on a CPU. The cache that ND4J
 * 1.0.0-M2.1 has for them does not cover the method that its arrays call, so that every array, every view and every scalar
 * operand crosses the native interface several times, and JavaCPP reads the memory use of the process twice.
 */
public final class ShapeCache extends BaseShapeInfoProvider {
    /** The property of ND4J that names the class. */
    private static final String PROPERTY = "shapeinfoprovider";

    private static final String CUDA_BACKEND = "org/nd4j/linalg/jcublas/JCublasBackend.class";
    /** A batch has some ten shapes, which depend on the length of its longest clip. */
    private static final int MAX_SHAPES = 20_000;

    private final Map<Key, Pair<DataBuffer, long[]>> shapes = new ConcurrentHashMap<>();

    /** Creates an empty cache for ND4J. */
    public ShapeCache() {}

    /**
     * Makes ND4J use a cache, unless it has a build for GPUs, whose descriptions lie on a device, or the property is set. It
     * has no effect after ND4J has started.
     */
    public static void install() {
        if (System.getProperty(PROPERTY) == null
                && ShapeCache.class.getClassLoader().getResource(CUDA_BACKEND) == null) {
            System.setProperty(PROPERTY, ShapeCache.class.getName());
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by their values below
    private record Key(long[] shape, long[] strides, long elementStride, char order, DataType type, boolean empty) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key that
                    && elementStride == that.elementStride
                    && order == that.order
                    && type == that.type
                    && empty == that.empty
                    && Arrays.equals(shape, that.shape)
                    && Arrays.equals(strides, that.strides);
        }

        @Override
        public int hashCode() {
            int hash = 31 * Arrays.hashCode(shape) + Arrays.hashCode(strides);
            return 31 * (31 * (31 * hash + Long.hashCode(elementStride)) + order) + type.hashCode();
        }
    }

    @Override
    public Pair<DataBuffer, long[]> createShapeInformation(
            long[] shape, long[] strides, long elementStride, char order, DataType type, boolean empty) {
        Pair<DataBuffer, long[]> known = shapes.get(new Key(shape, strides, elementStride, order, type, empty));
        if (known != null) {
            return known;
        }
        Pair<DataBuffer, long[]> created =
                super.createShapeInformation(shape, strides, elementStride, order, type, empty);
        if (shapes.size() < MAX_SHAPES) {
            shapes.put(new Key(shape.clone(), strides.clone(), elementStride, order, type, empty), created);
        }
        return created;
    }

    /** Does nothing, because the descriptions never change. */
    @Override
    public void purgeCache() {}
}
