package org.speechemotion.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.speechemotion.train.Example;
import org.speechemotion.train.ExampleBuilder;

class BuildPlanTest {
    private static final List<Example> CLIPS =
            List.of(clip("a", 1), clip("b", 4), clip("c", 2), clip("d", 3), clip("e", 12));
    private static final List<Example> TRAINING = CLIPS.subList(0, 3);

    @Test
    void allClipsAreCleanAndTrainingClipsHaveViews() {
        List<BuildPlan.Part> parts = BuildPlan.of(CLIPS, TRAINING, 2, Set.of(), 5);
        assertThat(keys(parts))
                .containsExactlyInAnyOrder(
                        key("a", 0),
                        key("b", 0),
                        key("c", 0),
                        key("d", 0),
                        key("e", 0),
                        key("a", 1),
                        key("b", 1),
                        key("c", 1),
                        key("a", 2),
                        key("b", 2),
                        key("c", 2));
        assertThat(BuildPlan.rows(parts)).isEqualTo(11);
    }

    @Test
    void aPartHoldsClipsOfSimilarLengthUpToItsBoundTheLongestFirst() {
        List<BuildPlan.Part> parts = BuildPlan.of(CLIPS, TRAINING, 0, Set.of(), 5);
        assertThat(parts.stream().map(part -> part.clips().stream()
                        .map(Example::contentSha256)
                        .toList()))
                .containsExactly(List.of("e"), List.of("b"), List.of("d", "c"), List.of("a"));
    }

    @Test
    void presentClipsAreNotPlannedAgain() {
        Set<FeatureKey> present = new HashSet<>(keys(BuildPlan.of(CLIPS, TRAINING, 2, Set.of(), 5)));
        assertThat(BuildPlan.of(CLIPS, TRAINING, 2, present, 5)).isEmpty();
        present.remove(key("d", 0));
        present.remove(key("a", 2));
        assertThat(keys(BuildPlan.of(CLIPS, TRAINING, 2, present, 5)))
                .containsExactlyInAnyOrder(key("d", 0), key("a", 2));
    }

    @Test
    void aRecordingUnderTwoNamesIsStoredOnce() {
        Example twin = ExampleBuilder.clip("/elsewhere.wav")
                .content("a")
                .speaker("made:2")
                .build();
        assertThat(keys(BuildPlan.of(List.of(CLIPS.get(0), twin), List.of(), 3, Set.of(), 5)))
                .containsExactly(key("a", 0));
    }

    @Test
    void theNameOfAPartDependsOnItsContent() {
        List<String> names = names(BuildPlan.of(CLIPS, TRAINING, 2, Set.of(), 5));
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("part-[012]-[0-9a-f]{16}\\.parquet"));
        List<Example> other = new ArrayList<>(CLIPS);
        Collections.reverse(other);
        assertThat(names(BuildPlan.of(other, TRAINING, 2, Set.of(), 5))).isEqualTo(names);
    }

    private static List<String> names(List<BuildPlan.Part> parts) {
        return parts.stream().map(BuildPlan.Part::name).toList();
    }

    private static List<FeatureKey> keys(List<BuildPlan.Part> parts) {
        return parts.stream()
                .flatMap(part -> part.clips().stream().map(clip -> key(clip.contentSha256(), part.view())))
                .toList();
    }

    private static FeatureKey key(String clip, int view) {
        return new FeatureKey(clip, view);
    }

    private static Example clip(String id, double seconds) {
        return ExampleBuilder.clip("/" + id + ".wav")
                .content(id)
                .seconds(seconds)
                .build();
    }
}
