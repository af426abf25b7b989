package org.speechemotion.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.speechemotion.audio.Waveform;
import org.speechemotion.encoder.Frames;

/** Draws a waveform above its spectrogram, over one axis of time, with a caption: 900 pixels wide. Needs a font. */
public final class ViewPlot {
    private static final int WIDTH = 900;
    private static final int LEFT = 64;
    private static final int RIGHT = 20;
    private static final int TOP = 44;
    private static final int WAVEFORM_HEIGHT = 150;
    private static final int GAP = 14;
    private static final int SPECTROGRAM_HEIGHT = 220;
    private static final int AXIS_HEIGHT = 40;
    private static final int LINE_HEIGHT = 18;
    /** What is so much below the loudest value is white, as a natural logarithm of power: 80 dB. */
    private static final double RANGE = 8 * Math.log(10);

    private static final Color INK = new Color(0x22, 0x22, 0x22);
    private static final Color FAINT_INK = new Color(0x66, 0x66, 0x66);
    private static final Color LINE = new Color(0x21, 0x71, 0xb5);

    private ViewPlot() {}

    /**
     * Draws and writes a PNG file, over an older one.
     *
     * @param spectrogram {@code [time, bands]}, natural logarithms of power, the lowest band first
     * @param caption wrapped where it is too long
     * @throws IllegalStateException if the Java runtime has no fonts to write with
     */
    public static void write(Waveform waveform, Frames spectrogram, String title, String caption, Path file)
            throws IOException {
        Files.write(file, Png.encode(draw(waveform, spectrogram, title, caption)));
    }

    /** Draws; see {@link #write}. */
    static BufferedImage draw(Waveform waveform, Frames spectrogram, String title, String caption) {
        BufferedImage measure = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        Graphics2D measuring = measure.createGraphics();
        Fonts.prepare(measuring);
        List<String> lines = wrapped(caption, measuring.getFontMetrics(font(Font.PLAIN, 13)));
        measuring.dispose();
        int bottom = TOP + WAVEFORM_HEIGHT + GAP + SPECTROGRAM_HEIGHT + AXIS_HEIGHT;
        BufferedImage image =
                new BufferedImage(WIDTH, bottom + LINE_HEIGHT * lines.size() + 10, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            Fonts.prepare(graphics);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            write(graphics, font(Font.BOLD, 17), INK, title, LEFT, 28);
            waveform(graphics, waveform.samples());
            spectrogram(image, spectrogram);
            axes(graphics, waveform.durationSeconds());
            for (int i = 0; i < lines.size(); i++) {
                write(graphics, font(Font.PLAIN, 13), INK, lines.get(i), LEFT, bottom + LINE_HEIGHT * i);
            }
            return image;
        } finally {
            graphics.dispose();
        }
    }

    /** For each column of pixels a line from the lowest to the highest sample that falls on it. */
    private static void waveform(Graphics2D graphics, float[] samples) {
        int columns = WIDTH - LEFT - RIGHT;
        graphics.setColor(LINE);
        for (int column = 0; column < columns; column++) {
            int start = (int) ((long) column * samples.length / columns);
            int end = Math.max(start + 1, (int) ((column + 1L) * samples.length / columns));
            float low = samples[start];
            float high = samples[start];
            for (int i = start; i < Math.min(end, samples.length); i++) {
                low = Math.min(low, samples[i]);
                high = Math.max(high, samples[i]);
            }
            graphics.drawLine(LEFT + column, amplitude(high), LEFT + column, amplitude(low));
        }
    }

    private static int amplitude(float value) {
        return TOP + Math.round((1 - Math.max(-1, Math.min(1, value))) / 2 * (WAVEFORM_HEIGHT - 1));
    }

    private static void spectrogram(BufferedImage image, Frames frames) {
        float loudest = Float.NEGATIVE_INFINITY;
        for (float value : frames.values()) {
            loudest = Math.max(loudest, value);
        }
        int columns = WIDTH - LEFT - RIGHT;
        int top = TOP + WAVEFORM_HEIGHT + GAP;
        for (int column = 0; column < columns; column++) {
            int frame = (int) ((long) column * frames.time() / columns);
            for (int row = 0; row < SPECTROGRAM_HEIGHT; row++) {
                int band = (SPECTROGRAM_HEIGHT - 1 - row) * frames.width() / SPECTROGRAM_HEIGHT;
                double share = 1 + (frames.values()[frame * frames.width() + band] - loudest) / RANGE;
                image.setRGB(
                        LEFT + column,
                        top + row,
                        ColourRamp.at(Math.max(0, Math.min(1, share))).getRGB());
            }
        }
    }

    private static void axes(Graphics2D graphics, double seconds) {
        graphics.setColor(FAINT_INK);
        int right = WIDTH - LEFT - RIGHT;
        int top = TOP + WAVEFORM_HEIGHT + GAP;
        graphics.drawRect(LEFT - 1, TOP - 1, right + 1, WAVEFORM_HEIGHT + 1);
        graphics.drawRect(LEFT - 1, top - 1, right + 1, SPECTROGRAM_HEIGHT + 1);
        Font small = font(Font.PLAIN, 12);
        write(graphics, small, FAINT_INK, "+1", LEFT - 24, TOP + 10);
        write(graphics, small, FAINT_INK, "0", LEFT - 24, TOP + WAVEFORM_HEIGHT / 2 + 5);
        write(graphics, small, FAINT_INK, "−1", LEFT - 24, TOP + WAVEFORM_HEIGHT);
        write(graphics, small, FAINT_INK, "mel", LEFT - 30, top + SPECTROGRAM_HEIGHT / 2 - 3);
        write(graphics, small, FAINT_INK, "bands", LEFT - 42, top + SPECTROGRAM_HEIGHT / 2 + 13);
        int bottom = top + SPECTROGRAM_HEIGHT;
        for (int tick = 0; tick <= 4; tick++) {
            int x = LEFT + tick * (right - 1) / 4;
            graphics.drawLine(x, bottom, x, bottom + 4);
            String label = String.format(Locale.ROOT, "%.2f s", seconds * tick / 4);
            int width = graphics.getFontMetrics(small).stringWidth(label);
            write(graphics, small, FAINT_INK, label, Math.min(x - width / 2, WIDTH - width - 4), bottom + 18);
        }
    }

    private static List<String> wrapped(String text, FontMetrics metrics) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && metrics.stringWidth(line + " " + word) > WIDTH - LEFT - RIGHT) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    private static void write(Graphics2D graphics, Font font, Color colour, String text, int x, int y) {
        graphics.setFont(font);
        graphics.setColor(colour);
        graphics.drawString(text, x, y);
    }
}
