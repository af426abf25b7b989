package org.speechemotion.encoder.kernel;

import java.util.List;
import java.util.stream.IntStream;
import org.speechemotion.encoder.Frames;
import org.speechemotion.math.Matrix;

/** Collects the results of a batch by clip. */
final class BatchResult {
    private final PackedBatch batch;
    private final int width;
    private final float[][] values;

    BatchResult(PackedBatch batch, int width) {
        this.batch = batch;
        this.width = width;
        values = new float[batch.clips()][];
        for (int clip = 0; clip < values.length; clip++) {
            values[clip] = new float[Math.multiplyExact(batch.frames(clip), width)];
        }
    }

    /** Copies a matrix of all rows to the columns that start at {@code column}. */
    void copy(Workspace workspace, Matrix all, int column) {
        workspace.workers().run(batch.clips(), (clip, worker) -> {
            Matrix rows = batch.of(clip, all);
            for (int row = 0; row < rows.rows(); row++) {
                all.memory()
                        .get(rows.start() + row * rows.stride(), values[clip], row * width + column, rows.columns());
            }
        });
    }

    List<Frames> frames() {
        return IntStream.range(0, values.length)
                .mapToObj(clip -> new Frames(values[clip], batch.frames(clip), width))
                .toList();
    }
}
