package org.speechemotion.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.speechemotion.audio.Reading;
import org.speechemotion.audio.RecordingSource;
import org.speechemotion.audio.RejectionReason;
import org.speechemotion.audio.SampleConsumer;
import org.speechemotion.common.Result;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class DecodeAheadTest {
    private static final int RATE = 100;
    private static final List<String> PATHS =
            IntStream.range(0, 9000).mapToObj(Integer::toString).toList();

    @Test
    void keepsTheOrderOfItsSource() {
        RecordingSource<String> source = source((path, consumer) -> {
            consumer.begin(2, 7);
            // The same array again and again, as decoders do.
            float[] block = new float[2 * RATE];
            for (int i = 0; i < 3; i++) {
                block[0] = Integer.parseInt(path);
                block[1] = i;
                consumer.accept(i % 2, block, RATE + i);
            }
        });
        try (DecodeAhead<String> ahead = new DecodeAhead<>(PATHS, source)) {
            assertThat(ahead.sampleRate()).isEqualTo(RATE);
            for (String path : PATHS) {
                List<Object> direct = new ArrayList<>();
                List<Object> found = new ArrayList<>();
                assertThat(ahead.read(path, recorder(found))).isEqualTo(source.read(path, recorder(direct)));
                assertThat(found).hasSize(4).isEqualTo(direct);
            }
        }
    }

    @Test
    void readsAheadWithinALimit() throws InterruptedException {
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch some = new CountDownLatch(4096);
        try (DecodeAhead<String> ahead = new DecodeAhead<>(PATHS, source((path, consumer) -> {
            begun.incrementAndGet();
            some.countDown();
        }))) {
            some.await();
            assertThat(begun.get()).isBetween(4096, 4097);
            ahead.read("0", recorder(new ArrayList<>()));
        }
        assertThat(begun.get()).isBetween(4096, 4099);
    }

    @Test
    void isBoundedWithinARecording() throws InterruptedException {
        AtomicInteger blocks = new AtomicInteger();
        CountDownLatch some = new CountDownLatch(60);
        CountDownLatch ended = new CountDownLatch(1);
        try (DecodeAhead<String> ahead = new DecodeAhead<>(List.of("day"), source((path, consumer) -> {
            try {
                for (int i = 0; i < 1_000_000; i++) {
                    consumer.accept(0, new float[10 * RATE], 10 * RATE);
                    blocks.incrementAndGet();
                    some.countDown();
                }
            } finally {
                ended.countDown();
            }
        }))) {
            some.await();
            assertThat(ahead.sampleRate()).isEqualTo(RATE);
        }
        ended.await();
        assertThat(blocks.get()).isEqualTo(60);
    }

    @Test
    void failuresReachTheCaller() {
        try (DecodeAhead<String> ahead = new DecodeAhead<>(PATHS, source((path, consumer) -> {
            throw new AssertionError(path);
        }))) {
            assertThatThrownBy(() -> ahead.read("0", recorder(new ArrayList<>())))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("0");
        }
    }

    @Test
    void anotherPathThanTheNextIsAnError() {
        try (DecodeAhead<String> ahead = new DecodeAhead<>(PATHS, source((path, consumer) -> {}))) {
            assertThatThrownBy(() -> ahead.read("7", recorder(new ArrayList<>())))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    private interface Content {
        void give(String path, SampleConsumer consumer);
    }

    /** Each file is rejected in the end by its own name. */
    private static RecordingSource<String> source(Content content) {
        return new RecordingSource<String>() {
            @Override
            public int sampleRate() {
                return RATE;
            }

            @Override
            public Reading read(String path, SampleConsumer consumer) {
                content.give(path, consumer);
                return new Reading.Decoded(Result.rejected(RejectionReason.EMPTY.rejection(path)), Optional.of(path));
            }
        };
    }

    private static SampleConsumer recorder(List<Object> events) {
        return new SampleConsumer() {
            @Override
            public void begin(int channels, long certain) {
                events.add(List.of(channels, certain));
            }

            @Override
            public void accept(int channel, float[] samples, int count) {
                events.add(List.of(channel, samples[0], samples[1], count));
            }
        };
    }
}
