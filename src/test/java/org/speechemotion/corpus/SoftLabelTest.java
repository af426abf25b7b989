package org.speechemotion.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftLabelTest {
    @Test
    void votesBecomeShares() {
        assertThat(SoftLabel.ofVotes(List.of(1.0, 0.0, 0.0, 5.0, 0.0, 2.0, 0.0, 0.0))
                        .shares())
                .containsExactly(0.125, 0.0, 0.0, 0.625, 0.0, 0.25, 0.0, 0.0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.MIN_VALUE, 1e-300, 0.1, 1e300, Double.MAX_VALUE})
    void votesMayBeOfAnySize(double votes) {
        assertThat(SoftLabel.ofVotes(Collections.nCopies(8, votes)).shares()).containsOnly(0.125);
    }

    @Test
    void aSingleEmotionHasTheWholeShare() {
        assertThat(SoftLabel.of(Emotion.HAPPY).shares()).containsExactly(0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        assertThat(SoftLabel.ofVotes(List.of(0.0, 0.0, 9.0, 0.0, 0.0, 0.0, 0.0, 0.0)))
                .isEqualTo(SoftLabel.of(Emotion.HAPPY));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.5, 0.4, Double.NaN, Double.POSITIVE_INFINITY})
    void otherSharesAreRefused(double first) {
        List<Double> shares = new ArrayList<>(Collections.nCopies(8, 0.0));
        shares.set(0, first);
        shares.set(1, 0.5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SoftLabel(shares))
                .withMessage("soft label is " + shares + "; allowed: shares of at least 0 with a sum of 1");
        assertThatIllegalArgumentException().isThrownBy(() -> new SoftLabel(List.of()));
    }
}
