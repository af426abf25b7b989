package org.speechemotion.encoder.graph;

import org.nd4j.autodiff.samediff.internal.memory.AbstractMemoryMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/** Frees the memory of an intermediate result after its last use. The default manager of ND4J caches it by shape. */
final class ClosingMemory extends AbstractMemoryMgr {

    @Override
    public INDArray allocate(boolean detached, DataType type, long... shape) {
        return Nd4j.createUninitializedDetached(type, shape);
    }

    @Override
    public INDArray allocate(boolean detached, LongShapeDescriptor descriptor) {
        return descriptor.isEmpty()
                ? Nd4j.create(descriptor).detach()
                : Nd4j.createUninitializedDetached(descriptor.dataType(), descriptor.getShape());
    }

    @Override
    public void release(INDArray array) {
        if (array.closeable()) {
            array.close();
        }
    }

    @Override
    public void close() {
        // There is no cache to release.
    }
}
