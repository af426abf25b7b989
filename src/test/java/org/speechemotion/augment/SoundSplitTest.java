package org.speechemotion.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoundSplitTest {
    private static final List<String> NAMES =
            IntStream.range(0, 50).mapToObj(i -> "noise/" + i + ".wav").toList();

    @Test
    void everyRecordingIsOnOneSide() {
        SoundSplit split = SoundSplit.of(NAMES, 0.3, 1);
        assertThat(split.heldOut()).hasSize(15).doesNotContainAnyElementsOf(split.training());
        List<String> all = new ArrayList<>(split.training());
        all.addAll(split.heldOut());
        assertThat(all).containsExactlyInAnyOrderElementsOf(NAMES);
    }

    @Test
    void theSeedAndTheNamesDecideAndNotTheOrder() {
        List<String> reversed = new ArrayList<>(NAMES);
        Collections.reverse(reversed);
        assertThat(SoundSplit.of(reversed, 0.3, 1)).isEqualTo(SoundSplit.of(NAMES, 0.3, 1));
        assertThat(SoundSplit.of(NAMES, 0.3, 2)).isNotEqualTo(SoundSplit.of(NAMES, 0.3, 1));
    }

    @Test
    void bothSidesHaveAtLeastOneRecording() {
        SoundSplit split = SoundSplit.of(List.of("a", "b"), 0.99, 1);
        assertThat(split.heldOut()).hasSize(1);
        assertThat(split.training()).hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SoundSplit.of(List.of("a"), 0.5, 1))
                .withMessageContaining("1 recordings");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SoundSplit.of(NAMES, 1, 1))
                .withMessageContaining("sounds.held-out-ratio is 1.0");
    }
}
