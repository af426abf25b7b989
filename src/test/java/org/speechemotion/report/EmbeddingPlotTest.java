package org.speechemotion.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.speechemotion.report.figure.Figure;
import org.speechemotion.report.figure.Mark;
import org.speechemotion.train.Trainer.Prediction;

class EmbeddingPlotTest {
    private static final List<Prediction> PREDICTIONS =
            SampleRun.result().shown().orElseThrow().predictions();

    private static final long SPEAKERS = PREDICTIONS.stream()
            .map(one -> one.example().speakerId())
            .distinct()
            .count();

    @Test
    void clipsHaveTheColourOfTheirEmotionOrSpeaker() {
        assertThat(fills(SampleRun.embeddings().byEmotion())).isEqualTo(8);
        assertThat(fills(SampleRun.embeddings().bySpeaker())).isEqualTo(SPEAKERS);
        assertThat(SampleRun.embeddings().byEmotion().toSvg())
                .contains("<title>neutral, made:3</title>")
                .containsPattern("component 1 \\(\\d+ % of the variance\\)");
    }

    @Test
    void atMostAThousandClipsAreShown() {
        assertThat(EmbeddingPlot.sample(PREDICTIONS)).hasSameSizeAs(PREDICTIONS);
        List<Prediction> many = Collections.nCopies(40, PREDICTIONS).stream()
                .flatMap(List::stream)
                .toList();
        assertThat(EmbeddingPlot.sample(many)).hasSize(1000);
    }

    @Test
    void everyClipNeedsAVector() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmbeddingPlot(EmbeddingPlot.sample(PREDICTIONS), List.of(new float[2])))
                .withMessageContaining(PREDICTIONS.size() + " clips and 1 vectors");
    }

    private static long fills(Figure figure) {
        return figure.marks().stream()
                .filter(Mark.Circle.class::isInstance)
                .map(mark -> ((Mark.Circle) mark).fill())
                .distinct()
                .count();
    }
}
