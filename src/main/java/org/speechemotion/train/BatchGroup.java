package org.speechemotion.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.speechemotion.random.KeyedRandom;

/**
 * Successive batches of a worker that exchange their clips, so that each has clips of similar length (the mega-batches of
 * Hugging Face's {@code LengthGroupedSampler}). There is little padding then, and the batch normalisation compares clips of
 * the same length, which generalises better to other speakers. The lengths are those of the augmented views, which are known
 * once they have been made.
 *
 * @param keys the batches, at least one, which have the same number of clips
 */
public record BatchGroup(List<BatchKey> keys) {
    private static final int MAX_BATCHES = 8;

    /** The mean duration of the clips of a group, in s; their frames are in memory: 280 MB with a transformer of 768 values. */
    private static final double MAX_SECONDS = 1800;

    public BatchGroup {
        keys = List.copyOf(keys);
    }

    /**
     * Divides the batches of a worker, in their order, into groups of almost the same size.
     *
     * @param table the training table
     */
    public static List<BatchGroup> of(List<BatchKey> keys, List<Example> table) {
        double seconds = keys.stream()
                .flatMap(key -> key.examples().stream())
                .mapToDouble(example -> table.get(example).seconds())
                .sum();
        int fewest = (int) Math.min(keys.size(), Math.ceil(seconds / MAX_SECONDS));
        int groups = Math.max(fewest, (keys.size() + MAX_BATCHES - 1) / MAX_BATCHES);
        return IntStream.range(0, groups)
                .mapToObj(i -> new BatchGroup(keys.subList(start(i, keys, groups), start(i + 1, keys, groups))))
                .toList();
    }

    private static int start(int group, List<BatchKey> keys, int groups) {
        return (int) ((long) group * keys.size() / groups);
    }

    /** Returns the positions of all clips in the training table. */
    public List<Integer> examples() {
        return keys.stream().flatMap(key -> key.examples().stream()).toList();
    }

    /**
     * Divides the clips by their lengths. The batches of short and of long clips come in random order.
     *
     * @param lengths the length of each clip of {@link #examples}
     * @param seed the seed of the order of the batches
     * @return for each batch the indices of its clips in {@link #examples}. Each half of a batch has short and long clips,
     *     because the halves are trained on side by side.
     */
    public List<List<Integer>> byLength(List<Integer> lengths, long seed) {
        List<Integer> ascending =
                new ArrayList<>(IntStream.range(0, lengths.size()).boxed().toList());
        ascending.sort(Comparator.comparing(lengths::get));
        int size = lengths.size() / keys.size();
        List<List<Integer>> batches = new ArrayList<>();
        for (int batch = 0; batch < keys.size(); batch++) {
            batches.add(halves(ascending.subList(batch * size, (batch + 1) * size)));
        }
        BatchKey first = keys.get(0);
        new KeyedRandom(seed, "group", Integer.toString(first.epoch()), Integer.toString(first.index()))
                .shuffle(batches);
        return batches;
    }

    /** Returns the elements at even indices, followed by those at odd ones. */
    private static List<Integer> halves(List<Integer> ascending) {
        Integer[] elements = new Integer[ascending.size()];
        int odd = (ascending.size() + 1) / 2;
        for (int i = 0; i < elements.length; i++) {
            elements[i % 2 * odd + i / 2] = ascending.get(i);
        }
        return Collections.unmodifiableList(Arrays.asList(elements));
    }
}
