package org.speechemotion.spark.training;

import java.io.IOException;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.nd4j.common.loader.Source;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.model.FrameBatch;
import org.speechemotion.random.KeyedRandom;
import org.speechemotion.spark.clips.FrameSource;
import org.speechemotion.train.BatchKey;
import org.speechemotion.train.Example;
import org.speechemotion.train.FrameAugmentation;
import org.speechemotion.train.Targets;

/** Loads the batch of a key on the executor that trains on it. */
final class BatchLoader implements MultiDataSetLoader {
    private static final long serialVersionUID = 1L;

    private final Broadcast<List<Example>> table;
    private final FrameSource frames;
    private final FrameAugmentation augmentation;
    private final Targets targets;
    private final int timeMultiple;
    private final long seed;

    BatchLoader(
            Broadcast<List<Example>> table,
            FrameSource frames,
            FrameAugmentation augmentation,
            Targets targets,
            int timeMultiple,
            long seed) {
        this.table = table;
        this.frames = frames;
        this.augmentation = augmentation;
        this.targets = targets;
        this.timeMultiple = timeMultiple;
        this.seed = seed;
    }

    @Override
    public MultiDataSet load(Source source) throws IOException {
        BatchKey key = BatchKey.decode(source.getPath());
        List<Example> examples = key.examples().stream().map(table.value()::get).toList();
        FrameAugmentation.Batch augmented =
                augmentation.apply(frames.training(examples, key.epoch()), examples, key.epoch());
        FrameBatch batch = FrameBatch.of(augmented.frames(), timeMultiple);
        seedDropout(key);
        return new org.nd4j.linalg.dataset.MultiDataSet(
                new INDArray[] {batch.frames()},
                new INDArray[] {augmented.mixed(targets.of(examples))},
                new INDArray[] {batch.mask()},
                new INDArray[] {null});
    }

    /** Makes the dropout depend on the key alone: DL4J trains on the batch next, in this thread. */
    private void seedDropout(BatchKey key) {
        KeyedRandom random =
                new KeyedRandom(seed, "dropout", Integer.toString(key.epoch()), Integer.toString(key.index()));
        Nd4j.getRandom().setSeed(random.nextLong());
    }
}
