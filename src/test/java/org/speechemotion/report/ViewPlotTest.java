package org.speechemotion.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.audio.Waveform;
import org.speechemotion.encoder.Frames;

class ViewPlotTest {
    private static final int BANDS = 40;

    @Test
    void writesAPicture(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("view.png");
        ViewPlot.of(silence(16_000), loudBand(BANDS - 1), "clip.wav", "gain +3.0 dB")
                .write(file);
        assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(900);
    }

    @Test
    void aHighToneIsDarkAtTheTopAndALowOneAtTheBottom() {
        BufferedImage high =
                ViewPlot.of(silence(16_000), loudBand(BANDS - 1), "", "").toImage();
        BufferedImage low = ViewPlot.of(silence(16_000), loudBand(0), "", "").toImage();
        assertThat(brightness(high, 215)).isLessThan(brightness(high, 429));
        assertThat(brightness(low, 429)).isLessThan(brightness(low, 215));
    }

    @Test
    void silenceIsALineInTheMiddleAndALoudClipFillsTheHeight() {
        float[] loud = new float[16_000];
        for (int i = 0; i < loud.length; i++) {
            loud[i] = i % 2 == 0 ? 1 : -1;
        }
        assertThat(coloured(ViewPlot.of(silence(16_000), loudBand(0), "", "").toImage()))
                .isBetween(1, 2);
        assertThat(coloured(ViewPlot.of(new Waveform(loud, 16_000), loudBand(0), "", "")
                        .toImage()))
                .isGreaterThan(140);
    }

    @Test
    void oneSampleAndALongCaptionAreDrawn() {
        BufferedImage picture = ViewPlot.of(silence(1), new Frames(new float[1], 1, 1), "t", "word ".repeat(200))
                .toImage();
        assertThat(picture.getHeight()).isGreaterThan(550);
        for (int y = 0; y < picture.getHeight(); y++) {
            assertThat(picture.getRGB(899, y)).isEqualTo(Color.WHITE.getRGB());
        }
    }

    private static int coloured(BufferedImage picture) {
        int count = 0;
        for (int y = 45; y < 194; y++) {
            Color colour = new Color(picture.getRGB(450, y));
            count += colour.getBlue() > colour.getRed() + 40 ? 1 : 0;
        }
        return count;
    }

    private static int brightness(BufferedImage picture, int y) {
        Color colour = new Color(picture.getRGB(450, y));
        return colour.getRed() + colour.getGreen() + colour.getBlue();
    }

    private static Waveform silence(int samples) {
        return new Waveform(new float[samples], 16_000);
    }

    private static Frames loudBand(int band) {
        float[] values = new float[10 * BANDS];
        Arrays.fill(values, -30);
        for (int frame = 0; frame < 10; frame++) {
            values[frame * BANDS + band] = 0;
        }
        return new Frames(values, 10, BANDS);
    }
}
