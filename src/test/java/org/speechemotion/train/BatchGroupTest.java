package org.speechemotion.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.random.KeyedRandom;

class BatchGroupTest {
    private static final int BATCH_SIZE = 16;

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "8, 8, 8", "9, 4, 5", "45, 7, 8", "17, 5, 6"})
    void batchesStayInOrderAndGroupsAreEquallyLarge(int batches, int smallest, int largest) {
        List<BatchKey> keys = keys(batches);
        List<BatchGroup> groups = BatchGroup.of(keys, Examples.of(batches * BATCH_SIZE));
        assertThat(groups.stream().flatMap(group -> group.keys().stream()).toList())
                .isEqualTo(keys);
        assertThat(groups).allSatisfy(group -> assertThat(group.keys().size()).isBetween(smallest, largest));
    }

    @ParameterizedTest
    @CsvSource({"10, 8", "37.5, 3", "600, 1"})
    void groupsOfLongClipsAreSmall(double seconds, int largest) {
        List<Example> table = Examples.of(24 * BATCH_SIZE).stream()
                .map(example -> ExampleBuilder.copy(example).seconds(seconds).build())
                .toList();
        assertThat(BatchGroup.of(keys(24), table))
                .allSatisfy(group -> assertThat(group.keys()).hasSize(largest));
    }

    @Test
    void noBatchesHaveNoGroups() {
        assertThat(BatchGroup.of(List.of(), List.of())).isEmpty();
    }

    @Test
    void everyClipIsInOneBatchWithItsNeighboursByLength() {
        BatchGroup group = new BatchGroup(keys(6));
        List<Integer> lengths = randomLengths(6 * BATCH_SIZE);
        List<List<Integer>> batches = group.byLength(lengths, 42);
        assertThat(batches).hasSize(6).allSatisfy(batch -> assertThat(batch).hasSize(BATCH_SIZE));
        assertThat(batches.stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, lengths.size()).boxed().toList());
        List<Integer> sorted = lengths.stream().sorted().toList();
        assertThat(batches.stream()
                        .map(batch -> batch.stream().map(lengths::get).sorted().toList()))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 6)
                        .mapToObj(i -> sorted.subList(i * BATCH_SIZE, (i + 1) * BATCH_SIZE))
                        .toList());
    }

    @Test
    void theHalvesOfABatchHaveAlmostTheSameLength() {
        List<Integer> lengths = randomLengths(2 * BATCH_SIZE);
        for (List<Integer> batch : new BatchGroup(keys(2)).byLength(lengths, 42)) {
            List<Integer> inOrder = batch.stream().map(lengths::get).toList();
            int range = Collections.max(inOrder) - Collections.min(inOrder);
            int difference = sum(inOrder.subList(BATCH_SIZE / 2, BATCH_SIZE)) - sum(inOrder.subList(0, BATCH_SIZE / 2));
            assertThat(difference).isBetween(0, range);
        }
    }

    @Test
    void theOrderOfLongAndShortBatchesDependsOnTheSeedAndTheEpoch() {
        List<Integer> lengths = IntStream.range(0, 8).boxed().toList();
        List<BatchKey> first = IntStream.range(0, 8)
                .mapToObj(i -> new BatchKey(0, i, List.of(i)))
                .toList();
        List<BatchKey> second = IntStream.range(0, 8)
                .mapToObj(i -> new BatchKey(1, i, List.of(i)))
                .toList();
        List<List<Integer>> order = new BatchGroup(first).byLength(lengths, 42);
        assertThat(new BatchGroup(first).byLength(lengths, 42)).isEqualTo(order);
        assertThat(new BatchGroup(first).byLength(lengths, 43)).isNotEqualTo(order);
        assertThat(new BatchGroup(second).byLength(lengths, 42)).isNotEqualTo(order);
    }

    @Test
    void batchesOfAnOddNumberOfClipsAreComplete() {
        List<BatchKey> keys = IntStream.range(0, 3)
                .mapToObj(i -> new BatchKey(0, i, List.of(3 * i, 3 * i + 1, 3 * i + 2)))
                .toList();
        BatchGroup group = new BatchGroup(keys);
        assertThat(group.examples()).isEqualTo(IntStream.range(0, 9).boxed().toList());
        assertThat(group.byLength(List.of(5, 1, 9, 2, 8, 3, 7, 4, 6), 42))
                .containsExactlyInAnyOrder(List.of(1, 5, 3), List.of(7, 8, 0), List.of(6, 2, 4));
    }

    private static List<BatchKey> keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new BatchKey(
                        3,
                        i,
                        IntStream.range(i * BATCH_SIZE, (i + 1) * BATCH_SIZE)
                                .boxed()
                                .toList()))
                .toList();
    }

    private static List<Integer> randomLengths(int count) {
        KeyedRandom random = new KeyedRandom(7);
        List<Integer> lengths = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lengths.add(100 + random.nextInt(10_000));
        }
        return lengths;
    }

    private static int sum(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).sum();
    }
}
