package org.speechemotion.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.speechemotion.random.KeyedRandom;

/**
 * Divides the clips of an epoch into batches, in an order that depends on the seed and the epoch alone. Clips of similar length share a batch, so that there is little padding; the lengths are jittered before
 * sorting, so that the batches differ between epochs. The last batch is filled up with other clips of the epoch, because
 * DL4J merges batches that are not full.
 */
public final class EpochPlan {
    private static final double JITTER_SECONDS = 0.5;

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
        double[] sortKeys = examples.stream()
                .mapToDouble(example -> example.seconds()
                        + JITTER_SECONDS
                                * new KeyedRandom(seed, "jitter", epochKey, example.contentSha256()).nextDouble())
                .toArray();
        KeyedRandom random = new KeyedRandom(seed, "epoch", epochKey);
        List<Integer> order = new ArrayList<>(sampling.draw(examples, new KeyedRandom(seed, "sampling", epochKey)));
        order.sort(Comparator.comparingDouble(i -> sortKeys[i]));
        // A different rotation in each epoch, so that the last batch does not always have the longest clips.
        Collections.rotate(order, random.nextInt(order.size()));
        int count = (order.size() + batchSize - 1) / batchSize;
        for (int i = 0; order.size() < count * batchSize; i++) {
            order.add(order.get(i));
        }
        List<List<Integer>> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batches.add(order.subList(i * batchSize, (i + 1) * batchSize));
        }
        random.shuffle(batches);
        return IntStream.range(0, count)
                .mapToObj(i -> new BatchKey(epoch, i, batches.get(i)))
                .toList();
    }
}
