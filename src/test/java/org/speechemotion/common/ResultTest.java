package org.speechemotion.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ResultTest {
    private static final Rejection EMPTY = new Rejection("empty", "the file has 0 bytes");

    @Test
    void onlyValuesAreMapped() {
        assertThat(Result.accepted(2).map(value -> value + 1)).isEqualTo(Result.accepted(3));
        assertThat(Result.<Integer>rejected(EMPTY).map(value -> value + 1)).isEqualTo(Result.rejected(EMPTY));
    }

    @Test
    void aValueCanBeRejectedAfterwards() {
        assertThat(Result.accepted(2).flatMap(value -> Result.rejected(EMPTY))).isEqualTo(Result.rejected(EMPTY));
        assertThat(Result.rejected(EMPTY).flatMap(Result::accepted)).isEqualTo(Result.rejected(EMPTY));
    }

    @Test
    void theCallerChoosesTheExceptionForARejection() throws IOException {
        assertThat(Result.accepted(2).orElseThrow(rejection -> new IOException(rejection.text())))
                .isEqualTo(2);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Result.rejected(EMPTY).orElseThrow(rejection -> new IOException(rejection.text())))
                .withMessage("empty: the file has 0 bytes");
        assertThatIllegalStateException()
                .isThrownBy(() -> Result.rejected(EMPTY).orElseThrow())
                .withMessage("empty: the file has 0 bytes");
    }

    @Test
    void thePlaceComesBeforeTheMessage() {
        assertThat(EMPTY.at("list.csv, line 3").text()).isEqualTo("empty: list.csv, line 3: the file has 0 bytes");
    }
}
