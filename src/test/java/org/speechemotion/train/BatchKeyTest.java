package org.speechemotion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchKeyTest {

    static List<BatchKey> keys() {
        return List.of(
                new BatchKey(3, 17, List.of(12, 99, 5)),
                new BatchKey(0, 0, List.of(0)),
                new BatchKey(Integer.MAX_VALUE, Integer.MAX_VALUE, List.of(Integer.MAX_VALUE, 7, 7)));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void survivesText(BatchKey key) {
        assertThat(BatchKey.decode(key.encode())).isEqualTo(key);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void isAPathToDl4j(BatchKey key) throws Exception {
        URI uri = new URI(key.encode());
        assertThat(uri.isAbsolute()).isFalse();
        assertThat(uri.getPath()).isEqualTo(key.encode());
    }

    @Test
    void looksLikeThis() {
        assertThat(keys().get(0).encode()).isEqualTo("3/17/12,99,5");
    }

    @Test
    void aBatchHasExamples() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchKey(3, 17, List.of()))
                .withMessage("batch 17 of epoch 3 has no examples");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "3/17", "3/17/", "3/17/1/2", "3/17/1,", "3/17/,1", "a/17/1", "3//1", "3/17/99999999999"})
    void otherTextIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchKey.decode(text))
                .withMessage(
                        "batch key '" + text + "' is malformed; allowed: epoch/index/examples, such as 3/17/12,99,5");
    }
}
