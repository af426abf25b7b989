package org.speechemotion.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.speechemotion.audio.Decoding;
import org.speechemotion.audio.RejectionReason;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class DecodeAheadTest {
    private static final List<String> PATHS =
            IntStream.range(0, 500).mapToObj(Integer::toString).toList();

    @Test
    void givesWhatItsSourceGivesInOrder() {
        try (DecodeAhead ahead = new DecodeAhead(PATHS, DecodeAheadTest::decoding)) {
            for (String path : PATHS) {
                assertThat(ahead.read(path)).isEqualTo(decoding(path));
            }
        }
    }

    @Test
    void readsBeforeItIsAskedAndNotForEver() throws InterruptedException {
        AtomicInteger read = new AtomicInteger();
        CountDownLatch some = new CountDownLatch(64);
        try (DecodeAhead ahead = new DecodeAhead(PATHS, path -> {
            read.incrementAndGet();
            some.countDown();
            return decoding(path);
        })) {
            some.await();
            assertThat(read.get()).isBetween(64, 65);
            ahead.read("0");
        }
        assertThat(read.get()).isBetween(64, 67);
    }

    @Test
    void aFailureReachesWhoAsks() {
        try (DecodeAhead ahead = new DecodeAhead(PATHS, path -> {
            throw new AssertionError(path);
        })) {
            assertThatThrownBy(() -> ahead.read("0"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("0");
        }
    }

    @Test
    void anotherPathThanTheNextIsAnError() {
        try (DecodeAhead ahead = new DecodeAhead(PATHS, DecodeAheadTest::decoding)) {
            assertThatThrownBy(() -> ahead.read("7")).isInstanceOf(IllegalStateException.class);
        }
    }

    private static Decoding decoding(String path) {
        return new Decoding.Rejection(RejectionReason.EMPTY, path);
    }
}
