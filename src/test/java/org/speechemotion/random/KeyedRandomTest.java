package org.speechemotion.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyedRandomTest {
    @Test
    void withoutKeysItIsSplitMix64() {
        KeyedRandom random = new KeyedRandom(1234567);

        long[] drawn = {random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()};

        assertThat(drawn)
                .containsExactly(
                        6457827717110365317L,
                        3203168211198807973L,
                        Long.parseUnsignedLong("9817491932198370423"),
                        4593380528125082431L,
                        Long.parseUnsignedLong("16408922859458223821"));
    }

    @Test
    void keysAndSeedDecideAlone() {
        long expected = new KeyedRandom(1, "a", "b").nextLong();

        new KeyedRandom(1, "something", "else").nextLong();

        assertThat(new KeyedRandom(1, "a", "b").nextLong()).isEqualTo(expected);
        assertThat(List.of(
                        new KeyedRandom(2, "a", "b").nextLong(),
                        new KeyedRandom(1, "b", "a").nextLong(),
                        new KeyedRandom(1, "ab").nextLong(),
                        new KeyedRandom(1, "ab", "").nextLong(),
                        new KeyedRandom(1, "", "ab").nextLong(),
                        new KeyedRandom(1).nextLong()))
                .doesNotContain(expected)
                .doesNotHaveDuplicates();
    }

    @Test
    void neighbouringKeysAreUncorrelated() {
        double[] first = IntStream.range(0, 10_000)
                .mapToDouble(i -> new KeyedRandom(42, "clip", Integer.toString(i)).nextDouble())
                .toArray();
        double product = IntStream.range(1, first.length)
                .mapToDouble(i -> (first[i] - 0.5) * (first[i - 1] - 0.5))
                .average()
                .orElseThrow();

        // Uniform: mean 1/2, variance 1/12; the limits are four standard errors.
        assertThat(DoubleStream.of(first).average().orElseThrow())
                .isCloseTo(0.5, within(4 * Math.sqrt(1 / 12.0) / 100));
        assertThat(product).isCloseTo(0, within(4 / 12.0 / 100));
    }

    @Test
    void integersAreUniform() {
        KeyedRandom random = new KeyedRandom(3);
        int[] counts = new int[7];
        IntStream.range(0, 70_000).forEach(i -> counts[random.nextInt(7)]++);

        double chiSquared = IntStream.of(counts)
                .mapToDouble(c -> (c - 10_000.0) * (c - 10_000.0) / 10_000)
                .sum();

        assertThat(chiSquared).isLessThan(22.46); // chi-squared table: 6 degrees of freedom, p = 0.001
        assertThatThrownBy(() -> random.nextInt(0)).hasMessage("bound is 0; allowed: at least 1");
    }

    @Test
    void gaussiansHaveTheTabulatedShares() {
        KeyedRandom random = new KeyedRandom(5);
        double[] drawn =
                DoubleStream.generate(random::nextGaussian).limit(100_000).toArray();

        assertThat(DoubleStream.of(drawn).average().orElseThrow()).isCloseTo(0, within(0.013));
        assertThat(share(drawn, 1)).isCloseTo(0.6827, within(0.006));
        assertThat(share(drawn, 2)).isCloseTo(0.9545, within(0.003));
    }

    @Test
    void shuffleReachesEveryOrderEquallyOften() {
        Map<List<Integer>, Integer> counts = new HashMap<>();
        for (int i = 0; i < 24_000; i++) {
            List<Integer> list = new ArrayList<>(List.of(1, 2, 3, 4));
            new KeyedRandom(7, Integer.toString(i)).shuffle(list);
            counts.merge(list, 1, Integer::sum);
        }

        assertThat(counts).hasSize(24);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(870, 1130)); // 4 standard errors
    }

    private static double share(double[] drawn, double limit) {
        return DoubleStream.of(drawn).filter(x -> Math.abs(x) < limit).count() / (double) drawn.length;
    }
}
