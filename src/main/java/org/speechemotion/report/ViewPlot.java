package org.speechemotion.report;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.speechemotion.audio.Waveform;
import org.speechemotion.encoder.Frames;
import org.speechemotion.report.figure.Box;
import org.speechemotion.report.figure.Canvas;
import org.speechemotion.report.figure.Figure;
import org.speechemotion.report.figure.Mark.Point;
import org.speechemotion.report.figure.Paint;
import org.speechemotion.report.figure.Stroke;
import org.speechemotion.report.figure.TextMetrics;
import org.speechemotion.report.figure.TextStyle;

/** Plots a waveform above its spectrogram with a common time axis and a caption. */
public final class ViewPlot {
    private static final double WIDTH = 450;
    private static final Box WAVEFORM = new Box(36, 24, 404, 75);
    private static final Box SPECTROGRAM = new Box(36, 106, 404, 110);
    private static final double CAPTION_TOP = SPECTROGRAM.bottom() + 28;
    private static final double CAPTION_SIZE = 7;
    private static final double LINE_HEIGHT = 9;
    /** The displayed dynamic range of 80 dB as a natural logarithm of power; weaker values are white. */
    private static final double RANGE = 8 * Math.log(10);

    private ViewPlot() {}

    /**
     * Draws a clip.
     *
     * @param spectrogram the natural logarithms of power {@code [time, bands]}, the lowest band first
     * @param caption the caption, which is wrapped if it is too long
     */
    public static Figure of(Waveform waveform, Frames spectrogram, String title, String caption) {
        Canvas canvas = new Canvas();
        String fitting = TextMetrics.fit(title, 9, WAVEFORM.width());
        canvas.text(fitting, WAVEFORM.x(), 12, TextStyle.of(9, Paint.INK).inBold());
        draw(canvas, waveform.samples());
        canvas.raster(image(spectrogram), SPECTROGRAM);
        axes(canvas, waveform.durationSeconds());
        List<String> lines = TextMetrics.wrap(caption, CAPTION_SIZE, WAVEFORM.width());
        for (int i = 0; i < lines.size(); i++) {
            canvas.text(
                    lines.get(i), WAVEFORM.x(), CAPTION_TOP + LINE_HEIGHT * i, TextStyle.of(CAPTION_SIZE, Paint.INK));
        }
        double height = CAPTION_TOP + LINE_HEIGHT * lines.size();
        return canvas.toFigure(WIDTH, height, "Waveform and spectrogram of " + title);
    }

    /** Draws a line from the lowest to the highest sample in each half point of the time axis. */
    private static void draw(Canvas canvas, float[] samples) {
        int columns = (int) (2 * WAVEFORM.width());
        for (int column = 0; column < columns; column++) {
            int start = (int) ((long) column * samples.length / columns);
            int end = Math.max(start + 1, (int) ((column + 1L) * samples.length / columns));
            float low = samples[start];
            float high = samples[start];
            for (int i = start; i < Math.min(end, samples.length); i++) {
                low = Math.min(low, samples[i]);
                high = Math.max(high, samples[i]);
            }
            double y = amplitude(high);
            double height = Math.max(0.5, amplitude(low) - y);
            canvas.rectangle(new Box(WAVEFORM.x() + column / 2.0, y, 0.5, height), Paint.series(0), "");
        }
    }

    private static double amplitude(float value) {
        return WAVEFORM.y() + (1 - Math.max(-1, Math.min(1, value))) / 2 * (WAVEFORM.height() - 0.5);
    }

    /** Returns a pixel for each frame and band, the highest band on top. */
    private static BufferedImage image(Frames frames) {
        float loudest = Float.NEGATIVE_INFINITY;
        for (float value : frames.values()) {
            loudest = Math.max(loudest, value);
        }
        BufferedImage image = new BufferedImage(frames.time(), frames.width(), BufferedImage.TYPE_INT_RGB);
        for (int frame = 0; frame < frames.time(); frame++) {
            for (int band = 0; band < frames.width(); band++) {
                double share = 1 + (frames.values()[frame * frames.width() + band] - loudest) / RANGE;
                int rgb = Paint.heat(Math.max(0, Math.min(1, share))).rgb();
                image.setRGB(frame, frames.width() - 1 - band, rgb);
            }
        }
        return image;
    }

    private static void axes(Canvas canvas, double seconds) {
        Stroke edge = Stroke.solid(Paint.FAINT, 0.5);
        canvas.outline(WAVEFORM, edge);
        canvas.outline(SPECTROGRAM, edge);
        TextStyle small = TextStyle.of(7, Paint.FAINT);
        double left = WAVEFORM.x() - 4;
        canvas.text("+1", left, WAVEFORM.y() + 3, small.ending());
        canvas.text("0", left, WAVEFORM.centreY(), small.ending());
        canvas.text("−1", left, WAVEFORM.bottom() - 3, small.ending());
        canvas.text("mel", left, SPECTROGRAM.centreY() - 4, small.ending());
        canvas.text("bands", left, SPECTROGRAM.centreY() + 4, small.ending());
        double bottom = SPECTROGRAM.bottom();
        for (int tick = 0; tick <= 4; tick++) {
            double x = SPECTROGRAM.x() + tick * SPECTROGRAM.width() / 4;
            canvas.polyline(List.of(new Point(x, bottom), new Point(x, bottom + 3)), edge);
            String label = String.format(Locale.ROOT, "%.2f s", seconds * tick / 4);
            canvas.text(label, tick == 4 ? x + 6 : x, bottom + 9, tick == 4 ? small.ending() : small.centred());
        }
    }
}
