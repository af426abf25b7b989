package org.speechemotion.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.metrics.ConfusionMatrix;

class EpochReportTest {
    /** Recalls 1 and 1/2. */
    private static final ConfusionMatrix MATRIX = ConfusionMatrix.empty()
            .plus(Emotion.SAD, Emotion.SAD)
            .plus(Emotion.SAD, Emotion.SAD)
            .plus(Emotion.HAPPY, Emotion.HAPPY)
            .plus(Emotion.HAPPY, Emotion.SAD);

    @Test
    void reportsAreOneLine() {
        assertThat(report(0.75, MATRIX, true, 65).line())
                .isEqualTo("epoch 2/10  loss 1.5000  validation loss 0.7500  accuracy 75.0 %  UAR 75.0 % (best)"
                        + "  123 clips/s");
    }

    @Test
    void emptyValidationSidesAreLeftOut() {
        assertThat(report(Double.NaN, ConfusionMatrix.empty(), true, 5).line())
                .isEqualTo("epoch 2/10  loss 1.5000  123 clips/s");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 s", "59.4, 59 s", "59.6, 1 min 0 s", "3600, 1 h 0 min", "9000, 2 h 30 min"})
    void durations(double seconds, String text) {
        assertThat(report(0.75, MATRIX, false, seconds).remaining()).isEqualTo(text + " left");
    }

    @Test
    void theRemainingTimeIsPrintedFromTheSecondEpochOn() {
        List<String> lines = new ArrayList<>();
        EpochProgress progress = new EpochProgress(lines::add);
        EpochReport report = report(0.75, MATRIX, false, 65);
        progress.epochEnded(report, null);
        progress.epochEnded(report, null);
        assertThat(lines).containsExactly(report.line(), report.line() + "  1 min 5 s left");
    }

    private static EpochReport report(double loss, ConfusionMatrix validation, boolean best, double secondsLeft) {
        return new EpochReportBuilder(2, 10)
                .training(0.001, 1.5, 0.5, MATRIX)
                .validation(loss, validation)
                .best(best)
                .speed(123, secondsLeft / 8)
                .build();
    }
}
