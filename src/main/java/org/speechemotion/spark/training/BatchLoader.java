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
import org.speechemotion.encoder.Frames;
import org.speechemotion.model.FrameBatch;
import org.speechemotion.random.KeyedRandom;
import org.speechemotion.spark.clips.FrameSource;
import org.speechemotion.train.AdversaryTargets;
import org.speechemotion.train.BatchGroup;
import org.speechemotion.train.BatchKey;
import org.speechemotion.train.Example;
import org.speechemotion.train.FrameAugmentation;
import org.speechemotion.train.Targets;

/** Loads the batch of a key on the executor that trains on it, and the next group of batches of its task at the same time. */
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
        BatchKey key = BatchKey.decode(source.getPath());
        MultiDataSet batch = prefetch == null ? first(TaskContext.get(), key) : prefetch.take(key);
        seedDropout(key);
        return batch;
    }

    /**
     * Takes the first batch of the task. Spark calls the listeners of a task from the last one on, so that prefetching ends
     * before the task gives up what this batch has opened, such as the encoder.
     */
    private MultiDataSet first(TaskContext task, BatchKey key) throws IOException {
        BatchPrefetch started = new BatchPrefetch(BatchGroup.of(keysOf(task), table.value()), group -> {
            TaskContext$.MODULE$.setTaskContext(task);
            return make(group);
        });
        prefetch = started;
        try {
            return started.take(key);
        } finally {
            task.addTaskCompletionListener((TaskCompletionListener) ended -> started.close());
        }
    }

    /** Returns the keys of a task, as Spark slices a list. */
    private List<BatchKey> keysOf(TaskContext task) {
        int from = (int) ((long) task.partitionId() * keys.size() / task.numPartitions());
        int end = (int) ((task.partitionId() + 1L) * keys.size() / task.numPartitions());
        return keys.subList(from, end).stream().map(BatchKey::decode).toList();
    }

    private List<MultiDataSet> make(BatchGroup group) throws IOException {
        int epoch = group.keys().get(0).epoch();
        List<Example> examples =
                group.examples().stream().map(table.value()::get).toList();
        List<Frames> views = frames.value().training(examples, epoch);
        return group.byLength(views.stream().map(Frames::time).toList(), seed).stream()
                .map(batch -> batch(
                        batch.stream().map(examples::get).toList(),
                        batch.stream().map(views::get).toList(),
                        epoch))
                .toList();
    }

    private MultiDataSet batch(List<Example> examples, List<Frames> views, int epoch) {
        FrameAugmentation.Batch augmented = augmentation.apply(views, examples, epoch);
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
