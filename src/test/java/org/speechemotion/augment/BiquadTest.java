package org.speechemotion.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BiquadTest {
    private static final List<Biquad> FILTERS = List.of(
            Biquad.lowShelf(200, 0.7, 3, 16_000),
            Biquad.peak(1_000, 1, -6, 16_000),
            Biquad.highShelf(4_000, 0.7, 6, 16_000));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void filtersTogetherAreFiltersOneAfterTheOther(int count) {
        float[] together = new float[1_000];
        Random random = new Random(1);
        for (int i = 0; i < together.length; i++) {
            together[i] = random.nextFloat() - 0.5f;
        }
        float[] single = together.clone();
        FILTERS.subList(0, count).forEach(filter -> filter.filter(single));

        Biquad.filter(together, FILTERS.subList(0, count));

        assertThat(together).isEqualTo(single);
    }
}
