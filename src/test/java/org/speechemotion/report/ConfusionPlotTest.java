package org.speechemotion.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.report.figure.Figure;
import org.speechemotion.report.figure.Mark;

class ConfusionPlotTest {
    @Test
    void cellsShowTheShareOfTheRowAboveTheCount() {
        ConfusionMatrix matrix = ConfusionMatrix.empty()
                .plus(Emotion.HAPPY, Emotion.HAPPY)
                .plus(Emotion.HAPPY, Emotion.HAPPY)
                .plus(Emotion.HAPPY, Emotion.SAD);
        Figure figure = ConfusionPlot.of(matrix, "test side");
        assertThat(texts(figure)).contains("test side", "67 %", "2", "33 %", "1", "predicted", "true", "happy");
        assertThat(tooltips(figure))
                .contains("1 of 3 clips of happy were predicted as sad")
                .hasSize(64);
    }

    @Test
    void cellsWithLargerSharesAreDarker() {
        Figure figure = ConfusionPlot.of(new long[][] {{1, 3}, {0, 0}}, List.of("a", "b"), "");
        List<Integer> brightness = figure.marks().stream()
                .filter(Mark.Rectangle.class::isInstance)
                .map(mark -> new Color(((Mark.Rectangle) mark).fill().rgb()))
                .map(color -> color.getRed() + color.getGreen() + color.getBlue())
                .toList();
        assertThat(brightness.get(1)).isLessThan(brightness.get(0));
        assertThat(brightness.get(0)).isLessThan(brightness.get(2));
    }

    @Test
    void longLabelsAndManyClassesFit() {
        List<String> labels = Collections.nCopies(30, "x".repeat(100_000));
        BufferedImage picture =
                ConfusionPlot.of(new long[30][30], labels, "y".repeat(1_000)).toImage();
        for (int y = 0; y < picture.getHeight(); y++) {
            assertThat(picture.getRGB(0, y)).isEqualTo(Color.WHITE.getRGB());
            assertThat(picture.getRGB(picture.getWidth() - 1, y)).isEqualTo(Color.WHITE.getRGB());
        }
    }

    @Test
    void countsMustBeASquareOfTheLabels() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfusionPlot.of(new long[2][2], List.of("a"), ""))
                .withMessageContaining("1 labels and 2 rows");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfusionPlot.of(new long[][] {{1, 2}, {3}}, List.of("a", "b"), ""))
                .withMessageContaining("[3]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfusionPlot.of(new long[][] {{-1}}, List.of("a"), ""))
                .withMessageContaining("[-1]");
        assertThatIllegalArgumentException().isThrownBy(() -> ConfusionPlot.of(new long[0][0], List.of(), ""));
    }

    private static List<String> texts(Figure figure) {
        return figure.marks().stream()
                .filter(Mark.Text.class::isInstance)
                .map(mark -> ((Mark.Text) mark).text())
                .toList();
    }

    private static List<String> tooltips(Figure figure) {
        return figure.marks().stream()
                .filter(Mark.Rectangle.class::isInstance)
                .map(mark -> ((Mark.Rectangle) mark).tooltip())
                .toList();
    }
}
