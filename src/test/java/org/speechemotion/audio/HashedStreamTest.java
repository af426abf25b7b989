package org.speechemotion.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HashedStreamTest {
    /** FIPS 180-2, appendix B.1: of "abc". */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void endsAtTheEndOfTheFile() throws IOException {
        try (HashedStream stream = stream("abc", 3)) {
            assertThat(stream.readAllBytes()).isEqualTo("abc".getBytes(StandardCharsets.UTF_8));
            assertThat(stream.read()).isEqualTo(-1);
            assertThat(stream.sha256()).isEqualTo(ABC);
        }
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aGrowingFileIsReadAsOpened() throws IOException {
        try (HashedStream stream = stream("abcdef", 3)) {
            assertThat(stream.sha256()).isEqualTo(ABC);
        }
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aShrinkingFileIsRejected() throws IOException {
        try (HashedStream stream = stream("ab", 3)) {
            assertThatIOException().isThrownBy(stream::sha256).withMessage("the stream ends at byte 2 of 3");
        }
    }

    /** Returns a stream that answers a read of 0 bytes with 0 even at its end, as files do. */
    private static HashedStream stream(String content, long length) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return new HashedStream(
                new AudioSource.Opened(new BufferedInputStream(new ByteArrayInputStream(bytes)), length));
    }
}
