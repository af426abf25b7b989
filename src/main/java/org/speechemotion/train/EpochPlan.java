package org.speechemotion.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.speechemotion.random.KeyedRandom;

/**
 * Divides the clips of an epoch into batches at random. The order depends on the seed, the epoch and the clips' contents alone. The
 * last batch is filled up with other clips of the epoch, because DL4J merges batches that are not full.
 */
public final class EpochPlan {
    private EpochPlan() {}

    /** Plans an epoch of all clips. */
    public static List<BatchKey> of(List<Example> examples, int batchSize, int epoch, long seed) {
        return of(examples, batchSize, epoch, seed, Sampling.ALL);
    }

    /**
     * Plans an epoch.
     *
     * @param examples the training table
     * @param batchSize the number of clips per batch, at least 1
     * @param epoch the epoch, counted from 0
     * @param sampling the choice of the clips
     * @return the batches in the order of training
     */
    public static List<BatchKey> of(List<Example> examples, int batchSize, int epoch, long seed, Sampling sampling) {
        if (examples.isEmpty()) {
            return List.of();
        }
        String epochKey = Integer.toString(epoch);
        List<Integer> order = new ArrayList<>(sampling.draw(examples, new KeyedRandom(seed, "sampling", epochKey)));
        order.sort(Comparator.comparing(i -> examples.get(i).contentSha256()));
        new KeyedRandom(seed, "epoch", epochKey).shuffle(order);
        int count = (order.size() + batchSize - 1) / batchSize;
        for (int i = 0; order.size() < count * batchSize; i++) {
            order.add(order.get(i));
        }
        return IntStream.range(0, count)
                .mapToObj(i -> new BatchKey(epoch, i, order.subList(i * batchSize, (i + 1) * batchSize)))
                .toList();
    }
}
