package org.speechemotion.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundedCacheTest {

    @Test
    void returnsStoredValues() {
        BoundedCache<float[]> cache = new BoundedCache<>(100, values -> 4L * values.length);
        float[] frames = frames(10);
        cache.put("a", frames);
        assertThat(cache.get("a")).containsSame(frames);
        assertThat(cache.get("b")).isEmpty();
        assertThat(cache.usedBytes()).isEqualTo(40);
    }

    @Test
    void removesTheLeastRecentlyUsed() {
        BoundedCache<float[]> cache = new BoundedCache<>(100, values -> 4L * values.length);
        cache.put("a", frames(10));
        cache.put("b", frames(10));
        assertThat(cache.get("a")).isPresent();
        cache.put("c", frames(10));
        assertThat(cache.get("b")).isEmpty();
        assertThat(cache.get("a")).isPresent();
        assertThat(cache.get("c")).isPresent();
        cache.put("d", frames(25));
        assertThat(cache.get("a")).isEmpty();
        assertThat(cache.get("c")).isEmpty();
        assertThat(cache.get("d")).isPresent();
        assertThat(cache.usedBytes()).isEqualTo(100);
    }

    @Test
    void replacesWithoutCountingTwice() {
        BoundedCache<float[]> cache = new BoundedCache<>(100, values -> 4L * values.length);
        cache.put("a", frames(10));
        cache.put("a", frames(20));
        assertThat(cache.usedBytes()).isEqualTo(80);
        assertThat(cache.get("a")).contains(frames(20));
    }

    @Test
    void tooLargeValuesRemoveNothing() {
        BoundedCache<float[]> cache = new BoundedCache<>(100, values -> 4L * values.length);
        cache.put("a", frames(10));
        cache.put("b", frames(26));
        assertThat(cache.get("a")).isPresent();
        assertThat(cache.get("b")).isEmpty();
        BoundedCache<float[]> none = new BoundedCache<>(0, values -> 4L * values.length);
        none.put("a", frames(1));
        assertThat(none.get("a")).isEmpty();
    }

    @Test
    void aValueThatHasToFitEvictsNothing() {
        BoundedCache<float[]> cache = new BoundedCache<>(100, values -> 4L * values.length);
        cache.putIfRoom("a", frames(20));
        cache.putIfRoom("b", frames(6));
        cache.putIfRoom("c", frames(5));
        assertThat(cache.get("a")).isPresent();
        assertThat(cache.get("b")).isEmpty();
        assertThat(cache.get("c")).isPresent();
    }

    @Test
    void staysInItsBoundsUnderSeveralThreads() {
        BoundedCache<float[]> cache = new BoundedCache<>(1000, values -> 4L * values.length);
        IntStream.range(0, 20_000).parallel().forEach(i -> {
            cache.put("key" + i % 97, frames(1 + i % 97));
            cache.get("key" + i % 89)
                    .ifPresent(frames -> assertThat(frames.length).isEqualTo(1 + i % 89));
            assertThat(cache.usedBytes()).isLessThanOrEqualTo(1000);
        });
        long held = IntStream.range(0, 97)
                .mapToLong(i ->
                        cache.get("key" + i).map(values -> 4L * values.length).orElse(0L))
                .sum();
        assertThat(cache.usedBytes()).isEqualTo(held).isPositive();
    }

    private static float[] frames(int length) {
        return new float[length];
    }
}
