package org.speechemotion.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.speechemotion.corpus.Clip;
import org.speechemotion.random.KeyedRandom;

/** The choice of the clips of an epoch, which has as many clips as there are training clips. */
public enum Sampling {
    /** Every clip once. */
    ALL {
        @Override
        List<Integer> draw(List<Example> examples, KeyedRandom random) {
            return IntStream.range(0, examples.size()).boxed().toList();
        }
    },
    /**
     * Every corpus has the same number of clips, within a corpus every emotion, and within an emotion every speaker. Clips
     * of small groups are drawn several times, and all clips of a group are drawn before one is drawn again.
     */
    BALANCED {
        @Override
        List<Integer> draw(List<Example> examples, KeyedRandom random) {
            IntSupplier next = balanced(
                    IntStream.range(0, examples.size()).boxed().toList(),
                    List.of(
                            i -> Clip.corpusOf(examples.get(i).speakerId()),
                            i -> Integer.toString(examples.get(i).label()),
                            i -> examples.get(i).speakerId()),
                    random);
            return IntStream.range(0, examples.size())
                    .mapToObj(i -> next.getAsInt())
                    .toList();
        }
    };

    /** Returns the indices of the clips of an epoch in the table of the training clips. */
    abstract List<Integer> draw(List<Example> examples, KeyedRandom random);

    /** Takes turns among the groups by the first key, and within each group among those by the further keys. */
    private static IntSupplier balanced(
            List<Integer> indices, List<Function<Integer, String>> keys, KeyedRandom random) {
        if (keys.isEmpty()) {
            return turns(indices.stream().<IntSupplier>map(i -> () -> i).toList(), random);
        }
        Map<String, List<Integer>> groups =
                indices.stream().collect(Collectors.groupingBy(keys.get(0), TreeMap::new, Collectors.toList()));
        return turns(
                groups.values().stream()
                        .map(group -> balanced(group, keys.subList(1, keys.size()), random))
                        .toList(),
                random);
    }

    /** Asks every source once, in a random order, before it asks one again. */
    private static IntSupplier turns(List<IntSupplier> sources, KeyedRandom random) {
        List<IntSupplier> order = new ArrayList<>(sources);
        int[] next = {order.size()};
        return () -> {
            if (next[0] == order.size()) {
                random.shuffle(order);
                next[0] = 0;
            }
            return order.get(next[0]++).getAsInt();
        };
    }
}
