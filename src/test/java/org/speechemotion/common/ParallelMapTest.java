package org.speechemotion.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ParallelMapTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100})
    void resultsAreInOrder(int threads) throws IOException {
        List<Integer> items = IntStream.range(0, 50).boxed().toList();

        assertThat(ParallelMap.map(items, threads, item -> {
                    pause(item % 3);
                    return 2 * item;
                }))
                .isEqualTo(items.stream().map(item -> 2 * item).toList());
        assertThat(ParallelMap.map(List.of(), threads, item -> item)).isEmpty();
    }

    @Test
    void aLimitedNumberRunsAtATime() throws IOException {
        CountDownLatch three = new CountDownLatch(3);

        assertThat(ParallelMap.map(List.of("a", "b", "c"), 3, item -> {
                    three.countDown();
                    await(three);
                    return item;
                }))
                .containsExactly("a", "b", "c");
    }

    @Test
    void oneThreadIsTheCaller() throws IOException {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        ParallelMap.map(List.of(1, 2, 3), 1, item -> threads.add(Thread.currentThread()));
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theFirstFailureIsThrown(int threads) {
        assertThatThrownBy(() -> ParallelMap.map(List.of(1, 2, 3), threads, item -> {
                    if (item > 1) {
                        throw new IOException("clip " + item);
                    }
                    return item;
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("clip 2");
        assertThatThrownBy(() -> ParallelMap.map(List.of(1, 2), threads, item -> 1 / (item - 1)))
                .isInstanceOf(ArithmeticException.class);
    }

    private static void pause(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
