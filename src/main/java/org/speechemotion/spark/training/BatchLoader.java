package org.speechemotion.spark.training;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskContext$;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.TaskCompletionListener;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.nd4j.common.loader.Source;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.model.FrameBatch;
import org.speechemotion.random.KeyedRandom;
import org.speechemotion.spark.clips.FrameSource;
import org.speechemotion.train.AdversaryTargets;
import org.speechemotion.train.BatchKey;
import org.speechemotion.train.Example;
import org.speechemotion.train.FrameAugmentation;
import org.speechemotion.train.Targets;

/** Loads the batch of a key on the executor that trains on it, and the next batches of its task at the same time. */
final class BatchLoader implements MultiDataSetLoader {
    private static final long serialVersionUID = 1L;

    private final Broadcast<List<Example>> table;
    private final Broadcast<FrameSource> frames;
    private final FrameAugmentation augmentation;
    private final Targets targets;
    private final AdversaryTargets adversary;
    private final int timeMultiple;
    private final long seed;
    private final List<String> keys;
    private transient BatchPrefetch prefetch;

    /**
     * Creates a loader for a round.
     *
     * @param keys the encoded keys of the round in the order of its partitions
     */
    BatchLoader(
            Broadcast<List<Example>> table,
            Broadcast<FrameSource> frames,
            FrameAugmentation augmentation,
            Targets targets,
            AdversaryTargets adversary,
            int timeMultiple,
            long seed,
            List<String> keys) {
        this.table = table;
        this.frames = frames;
        this.augmentation = augmentation;
        this.targets = targets;
        this.adversary = adversary;
        this.timeMultiple = timeMultiple;
        this.seed = seed;
        this.keys = List.copyOf(keys);
    }

    @Override
    public MultiDataSet load(Source source) throws IOException {
        TaskContext task = TaskContext.get();
        int index = keys.indexOf(source.getPath());
        // The keys of a partition, as Spark slices a list.
        int end = (int) ((task.partitionId() + 1L) * keys.size() / task.numPartitions());
        List<String> next = keys.subList(index + 1, Math.max(index + 1, end));
        MultiDataSet batch =
                prefetch == null ? first(task, source.getPath(), next) : prefetch.take(source.getPath(), next);
        seedDropout(BatchKey.decode(source.getPath()));
        return batch;
    }

    /**
     * Takes the first batch of the task. Spark calls the listeners of a task from the last one on, so that prefetching ends
     * before the task gives up what this batch has opened, such as the encoder.
     */
    private MultiDataSet first(TaskContext task, String key, List<String> next) throws IOException {
        BatchPrefetch started = new BatchPrefetch(missing -> {
            TaskContext$.MODULE$.setTaskContext(task);
            return make(missing);
        });
        prefetch = started;
        try {
            return started.take(key, next);
        } finally {
            task.addTaskCompletionListener((TaskCompletionListener) ended -> started.close());
        }
    }

    private MultiDataSet make(String encodedKey) throws IOException {
        BatchKey key = BatchKey.decode(encodedKey);
        List<Example> examples = key.examples().stream().map(table.value()::get).toList();
        FrameAugmentation.Batch augmented =
                augmentation.apply(frames.value().training(examples, key.epoch()), examples, key.epoch());
        FrameBatch batch = FrameBatch.of(augmented.frames(), timeMultiple);
        INDArray[] labels = Stream.concat(Stream.of(targets.of(examples)), adversary.of(examples).stream())
                .map(augmented::mixed)
                .toArray(INDArray[]::new);
        return new org.nd4j.linalg.dataset.MultiDataSet(
                new INDArray[] {batch.frames()}, labels, new INDArray[] {batch.mask()}, new INDArray[labels.length]);
    }

    /** Makes the dropout depend on the key alone: DL4J trains on the batch next, in this thread. */
    private void seedDropout(BatchKey key) {
        KeyedRandom random =
                new KeyedRandom(seed, "dropout", Integer.toString(key.epoch()), Integer.toString(key.index()));
        Nd4j.getRandom().setSeed(random.nextLong());
    }
}
