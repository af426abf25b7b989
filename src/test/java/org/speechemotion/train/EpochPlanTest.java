package org.speechemotion.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpochPlanTest {
    private static final List<Example> EXAMPLES = Examples.of(203);

    @ParameterizedTest
    @CsvSource({"203, 16", "203, 1", "203, 203", "16, 16", "17, 16", "1, 1", "3, 8", "32, 8"})
    void everyClipIsInEveryEpochAndEveryBatchIsFull(int clips, int batchSize) {
        for (int epoch = 0; epoch < 5; epoch++) {
            List<BatchKey> plan = EpochPlan.of(EXAMPLES.subList(0, clips), batchSize, epoch, 42);
            assertThat(plan).hasSize((clips + batchSize - 1) / batchSize);
            assertThat(plan).allSatisfy(key -> assertThat(key.examples()).hasSize(batchSize));
            assertThat(examples(plan)).containsAll(upTo(clips)).allMatch(example -> example < clips);
            for (int i = 0; i < plan.size(); i++) {
                assertThat(plan.get(i).epoch()).isEqualTo(epoch);
                assertThat(plan.get(i).index()).isEqualTo(i);
            }
        }
    }

    @Test
    void onlyTheLastBatchIsFilledUp() {
        List<BatchKey> plan = EpochPlan.of(EXAMPLES, 16, 0, 42);
        Map<Integer, Integer> uses = new HashMap<>();
        examples(plan).forEach(example -> uses.merge(example, 1, Integer::sum));
        List<Integer> twice =
                uses.keySet().stream().filter(example -> uses.get(example) > 1).toList();
        assertThat(twice).hasSize(13 * 16 - 203);
        assertThat(plan.stream().map(key -> key.examples().subList(16 - twice.size(), 16)))
                .anySatisfy(end -> assertThat(end).containsExactlyInAnyOrderElementsOf(twice));
    }

    @Test
    void onlyTheSeedAndTheEpochDecide() {
        List<List<BatchKey>> forwards =
                IntStream.range(0, 4).mapToObj(epoch -> plan(epoch, 42)).toList();
        List<List<BatchKey>> backwards = new ArrayList<>(
                IntStream.range(0, 4).mapToObj(i -> plan(3 - i, 42)).toList());
        Collections.reverse(backwards);
        assertThat(backwards).isEqualTo(forwards);
        assertThat(plan(0, 43)).isNotEqualTo(plan(0, 42));
    }

    @Test
    void plansDoNotDependOnPaths() {
        List<Example> elsewhere = EXAMPLES.stream()
                .map(example -> ExampleBuilder.copy(example)
                        .path("/elsewhere/" + example.path())
                        .build())
                .toList();
        assertThat(EpochPlan.of(elsewhere, 16, 0, 42)).isEqualTo(plan(0, 42));
    }

    @Test
    void epochsHaveDifferentBatches() {
        assertThat(batches(plan(0, 42))).doesNotContainAnyElementsOf(batches(plan(1, 42)));
    }

    @Test
    void balancedSamplingDrawsEquallyFromCorporaEmotionsAndSpeakers() {
        // 96 clips of four speakers in one corpus, of which two have three times as many, and 16 of two in the other.
        List<Example> unequal = new ArrayList<>();
        for (int i = 0; i < 96; i++) {
            unequal.add(ExampleBuilder.clip("a" + i)
                    .speaker("large:" + (i % 8 < 6 ? i % 2 : 2 + i % 2))
                    .label(i / 8 % 2)
                    .seconds(3)
                    .build());
        }
        for (int i = 0; i < 16; i++) {
            unequal.add(ExampleBuilder.clip("b" + i)
                    .speaker("small:" + i / 8)
                    .label(i / 4 % 2)
                    .seconds(3)
                    .build());
        }
        List<BatchKey> plan = EpochPlan.of(unequal, 16, 3, 42, Sampling.BALANCED);
        Map<String, Integer> drawn = new TreeMap<>();
        examples(plan)
                .forEach(i -> drawn.merge(
                        unequal.get(i).speakerId() + " " + unequal.get(i).label(), 1, Integer::sum));
        assertThat(drawn)
                .isEqualTo(new TreeMap<>(Map.ofEntries(
                        Map.entry("large:0 0", 7),
                        Map.entry("large:0 1", 7),
                        Map.entry("large:1 0", 7),
                        Map.entry("large:1 1", 7),
                        Map.entry("large:2 0", 7),
                        Map.entry("large:2 1", 7),
                        Map.entry("large:3 0", 7),
                        Map.entry("large:3 1", 7),
                        Map.entry("small:0 0", 14),
                        Map.entry("small:0 1", 14),
                        Map.entry("small:1 0", 14),
                        Map.entry("small:1 1", 14))));
        assertThat(EpochPlan.of(unequal, 16, 3, 42, Sampling.BALANCED)).isEqualTo(plan);
        assertThat(EpochPlan.of(unequal, 16, 4, 42, Sampling.BALANCED)).isNotEqualTo(plan);
        // Four clips of a speaker and an emotion are drawn 14 times: each of them at least three times.
        Map<Integer, Long> times = examples(plan).stream()
                .filter(i -> i >= 96)
                .collect(Collectors.groupingBy(i -> i, Collectors.counting()));
        assertThat(times).hasSize(16).allSatisfy((clip, count) -> assertThat(count)
                .isBetween(3L, 4L));
    }

    @Test
    void withoutClipsThereAreNoBatches() {
        assertThat(EpochPlan.of(List.of(), 16, 0, 42)).isEmpty();
    }

    private static List<BatchKey> plan(int epoch, long seed) {
        return EpochPlan.of(EXAMPLES, 16, epoch, seed);
    }

    private static List<Integer> examples(List<BatchKey> plan) {
        return plan.stream().flatMap(key -> key.examples().stream()).toList();
    }

    private static List<Set<Integer>> batches(List<BatchKey> plan) {
        return plan.stream().map(key -> Set.copyOf(key.examples())).toList();
    }

    private static List<Integer> upTo(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
