package org.speechemotion.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AveragingRoundsTest {

    @Test
    void dealsBatchesOutInOrder() {
        AveragingRounds rounds = new AveragingRounds(2, 2);
        List<Integer> batches = IntStream.range(0, 9).boxed().toList();
        assertThat(rounds.of(batches)).containsExactly(List.of(0, 1, 2, 3), List.of(4, 5, 6, 7), List.of(8));
        assertThat(rounds.of(List.of())).isEmpty();
    }

    @ParameterizedTest
    // Of 3 workers and 2 steps, a round of 6: a rest of 1 to 3 is one step, of 4 and 5 are two.
    @CsvSource({"3, 2, 0, 0", "3, 2, 1, 1", "3, 2, 3, 1", "3, 2, 4, 2", "3, 2, 6, 2", "3, 2, 7, 3", "1, 5, 7, 7"})
    void countsTheStepsOfTheBusiestWorker(int workers, int frequency, int batches, int steps) {
        AveragingRounds rounds = new AveragingRounds(workers, frequency);
        assertThat(rounds.steps(batches)).isEqualTo(steps);
        List<Integer> all = IntStream.range(0, batches).boxed().toList();
        assertThat(rounds.of(all).stream()
                        .mapToInt(round -> rounds.steps(round.size()))
                        .sum())
                .isEqualTo(steps);
    }
}
