package org.speechemotion.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.speechemotion.metrics.DiarizationError.Turn;
import org.speechemotion.random.KeyedRandom;

class DiarizationErrorTest {
    private static final Offset<Double> ROUNDING = within(1e-9);

    /** The turns of the tests of pyannote.metrics, {@code tests/test_diarization.py}, and its numbers. */
    private static final List<Turn> TRUTH =
            List.of(new Turn("A", 0, 10), new Turn("B", 12, 20), new Turn("A", 24, 27), new Turn("C", 30, 40));

    private static final List<Turn> FOUND = List.of(
            new Turn("a", 2, 13),
            new Turn("d", 13, 14),
            new Turn("b", 14, 20),
            new Turn("c", 22, 38),
            new Turn("d", 38, 40));

    @Test
    void theNumbersAreThoseOfPyannoteMetrics() {
        DiarizationError error = DiarizationError.of(TRUTH, FOUND, 0);
        assertThat(error).isEqualTo(new DiarizationError(31, 2, 7, 7));
        assertThat(error.rate()).isCloseTo(0.5161290322580645, ROUNDING);
    }

    /** Its collar of 1 s is half a second on either side. */
    @Test
    void aCollarLeavesTimeOut() {
        DiarizationError error = DiarizationError.of(List.of(new Turn("A", 0, 10)), List.of(), 0.5);
        assertThat(error.total()).isCloseTo(9, ROUNDING);
        assertThat(error.missed()).isCloseTo(9, ROUNDING);
    }

    /** By hand: the collars leave 0.25–3.75, 4.25–7.75 and what follows 8.25. */
    @Test
    void aChangeFoundALittleLateIsNoError() {
        List<Turn> truth = List.of(new Turn("anna", 0, 4), new Turn("ben", 4, 8));
        assertThat(DiarizationError.of(truth, List.of(new Turn("1", 0.2, 4.2), new Turn("2", 4.2, 8.2)), 0.25))
                .isEqualTo(new DiarizationError(7, 0, 0, 0));
        DiarizationError late =
                DiarizationError.of(truth, List.of(new Turn("1", 0, 5), new Turn("2", 5, 9)), DiarizationError.COLLAR);
        assertThat(late.total()).isCloseTo(7, ROUNDING);
        assertThat(late.confused()).isCloseTo(0.75, ROUNDING);
        assertThat(late.falseAlarm()).isCloseTo(0.75, ROUNDING);
        assertThat(late.missed()).isZero();
    }

    @Test
    void whereTwoSpeakEachOfThemCounts() {
        List<Turn> truth = List.of(new Turn("anna", 0, 6), new Turn("ben", 4, 10));
        assertThat(DiarizationError.of(truth, List.of(new Turn("1", 0, 5), new Turn("2", 5, 10)), 0))
                .isEqualTo(new DiarizationError(12, 2, 0, 0));
    }

    @Test
    void nothingSaidHasNoRate() {
        assertThat(DiarizationError.of(List.of(), List.of(new Turn("1", 0, 5)), 0)
                        .rate())
                .isNaN();
    }

    /** Every mapping of the speakers is tried, in steps of 0.1 s. */
    @Test
    void theMappingIsTheBestOfAll() {
        for (int seed = 0; seed < 60; seed++) {
            KeyedRandom random = new KeyedRandom(seed, "turns");
            List<Turn> truth = turns(random, 1 + random.nextInt(5));
            List<Turn> found = turns(random, 1 + random.nextInt(5));
            DiarizationError error = DiarizationError.of(truth, found, 0);
            double[] expected = byBruteForce(truth, found);
            assertThat(error.total()).isCloseTo(expected[0], ROUNDING);
            assertThat(error.missed() + error.falseAlarm() + error.confused())
                    .as("seed " + seed)
                    .isCloseTo(expected[1], ROUNDING);
        }
    }

    private static List<Turn> turns(KeyedRandom random, int speakers) {
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int start = random.nextInt(200);
            turns.add(new Turn("s" + random.nextInt(speakers), start / 10.0, (start + 1 + random.nextInt(40)) / 10.0));
        }
        return turns;
    }

    private static double[] byBruteForce(List<Turn> truth, List<Turn> found) {
        double min = Double.POSITIVE_INFINITY;
        for (int[] mapping : permutations(5)) {
            int errors = 0;
            for (int tenth = 0; tenth < 250; tenth++) {
                boolean[] speaks = at(tenth, truth);
                boolean[] heard = at(tenth, found);
                int correct = 0;
                for (int speaker = 0; speaker < 5; speaker++) {
                    correct += speaks[speaker] && heard[mapping[speaker]] ? 1 : 0;
                }
                errors += Math.max(count(speaks), count(heard)) - correct;
            }
            min = Math.min(min, errors / 10.0);
        }
        int total = 0;
        for (int tenth = 0; tenth < 250; tenth++) {
            total += count(at(tenth, truth));
        }
        return new double[] {total / 10.0, min};
    }

    private static boolean[] at(int tenth, List<Turn> turns) {
        boolean[] speaks = new boolean[5];
        double middle = (tenth + 0.5) / 10;
        turns.stream()
                .filter(turn -> turn.start() < middle && middle < turn.end())
                .forEach(turn -> speaks[Integer.parseInt(turn.speaker().substring(1))] = true);
        return speaks;
    }

    private static int count(boolean[] values) {
        int count = 0;
        for (boolean value : values) {
            count += value ? 1 : 0;
        }
        return count;
    }

    private static List<int[]> permutations(int size) {
        List<int[]> all = new ArrayList<>(List.of(new int[0]));
        for (int i = 0; i < size; i++) {
            List<int[]> longer = new ArrayList<>();
            for (int[] some : all) {
                for (int next = 0; next < size; next++) {
                    int value = next;
                    if (Arrays.stream(some).noneMatch(used -> used == value)) {
                        int[] more = Arrays.copyOf(some, some.length + 1);
                        more[some.length] = next;
                        longer.add(more);
                    }
                }
            }
            all = longer;
        }
        return all;
    }
}
