package org.speechemotion.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfusionPlotTest {

    private static final List<String> LABELS =
            List.of("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised");

    @Test
    void writesAPicture(@TempDir Path folder) throws IOException {
        long[][] counts = new long[8][8];
        for (int row = 0; row < 8; row++) {
            for (int column = 0; column < 8; column++) {
                counts[row][column] = row == column ? 150 - 9 * row : (row * 5 + column * 3) % 11;
            }
        }
        counts[1] = new long[8];
        Path file = folder.resolve("test/confusion.png");
        ConfusionPlot.write(counts, LABELS, "Test speakers, fold 2 of 5", file);
        BufferedImage picture = ImageIO.read(file.toFile());
        assertThat(picture.getWidth()).isEqualTo(900);
        assertThat(picture.getHeight()).isEqualTo(800);
    }

    @Test
    void aCellIsTheDarkerTheMoreOfItsRowItHolds() {
        BufferedImage picture = ConfusionPlot.draw(new long[][] {{1, 3}, {0, 0}}, List.of("a", "b"), "", "");
        int few = brightness(picture, 0, 0);
        int most = brightness(picture, 1, 0);
        int none = brightness(picture, 0, 1);
        assertThat(most).isLessThan(few);
        assertThat(few).isLessThan(none);
    }

    @Test
    void longLabelsAndManyClassesFit() {
        List<String> labels = Collections.nCopies(30, "x".repeat(100_000));
        BufferedImage picture = ConfusionPlot.draw(new long[30][30], labels, "y".repeat(1_000), "");
        for (int y = 0; y < picture.getHeight(); y++) {
            assertThat(picture.getRGB(0, y)).isEqualTo(Color.WHITE.getRGB());
            assertThat(picture.getRGB(899, y)).isEqualTo(Color.WHITE.getRGB());
        }
    }

    @Test
    void countsMustBeASquareOfTheLabels() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfusionPlot.draw(new long[2][2], List.of("a"), "", ""))
                .withMessageContaining("1 labels and 2 rows");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfusionPlot.draw(new long[][] {{1, 2}, {3}}, List.of("a", "b"), "", ""))
                .withMessageContaining("[3]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfusionPlot.draw(new long[][] {{-1}}, List.of("a"), "", ""))
                .withMessageContaining("[-1]");
        assertThatIllegalArgumentException().isThrownBy(() -> ConfusionPlot.draw(new long[0][0], List.of(), "", ""));
    }

    /** Brightness of the corner of a cell of a two-by-two matrix, away from its text. */
    private static int brightness(BufferedImage picture, int column, int row) {
        Color colour = new Color(picture.getRGB(160 + column * 320, 110 + row * 320));
        return colour.getRed() + colour.getGreen() + colour.getBlue();
    }
}
