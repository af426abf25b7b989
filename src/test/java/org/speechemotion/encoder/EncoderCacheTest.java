package org.speechemotion.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncoderCacheTest {
    private final List<Integer> opened = new ArrayList<>();
    private final List<Integer> closed = new ArrayList<>();
    private final EncoderCache<EncoderSettings> cache = new EncoderCache<>(2);

    @Test
    void sharesAnEncoder() {
        Encoder encoder = acquire(1);

        assertThat(acquire(1)).isSameAs(encoder);
        assertThat(opened).containsExactly(1);
    }

    @Test
    void closesTheLeastRecentlyUsedIdleEncoder() {
        acquire(1);
        acquire(2);
        release(2);
        release(1);
        acquire(1);

        acquire(3);

        assertThat(closed).containsExactly(2);
        acquire(2);
        assertThat(opened).containsExactly(1, 2, 3, 2);
    }

    @Test
    void closesAnEncoderInUseOnlyAfterItsLastRelease() {
        acquire(1);
        acquire(1);
        acquire(2);
        acquire(3);
        release(1);
        assertThat(closed).isEmpty();

        release(1);

        assertThat(closed).containsExactly(1);
    }

    private Encoder acquire(int bands) {
        return cache.acquire(settings(bands), () -> {
            opened.add(bands);
            return new Recorded(settings(bands), bands);
        });
    }

    private void release(int bands) {
        cache.release(settings(bands));
    }

    private static EncoderSettings settings(int bands) {
        return EncoderSettings.of("log-mel", 16_000, LogMelSettings.defaults().withBands(bands));
    }

    private final class Recorded extends ForwardingEncoder {
        private final int bands;

        Recorded(EncoderSettings settings, int bands) {
            super(Encoders.open(settings));
            this.bands = bands;
        }

        @Override
        public void close() {
            closed.add(bands);
        }
    }
}
