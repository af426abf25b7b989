package org.speechemotion.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The curves of several runs: training loss, validation loss and validation recall side by side, a colour for each run. */
public final class CurvesPlot {
    private static final int PANEL_WIDTH = 480;
    private static final int PANEL_HEIGHT = 380;
    private static final int LEFT = 62;
    private static final int RIGHT = 20;
    private static final int TOP = 48;
    private static final int BOTTOM = 52;
    private static final int LEGEND_LINE = 22;

    private static final Color INK = new Color(0x22, 0x22, 0x22);
    private static final Color FAINT_INK = new Color(0x66, 0x66, 0x66);
    private static final Color GRID = new Color(0xe4, 0xe4, 0xe8);

    /** Okabe and Ito's, which the colour-blind tell apart too, but for their yellow and black. */
    private static final List<Color> COLOURS = List.of(
            new Color(0x0072b2),
            new Color(0xd55e00),
            new Color(0x009e73),
            new Color(0xcc79a7),
            new Color(0xe69f00),
            new Color(0x56b4e9));

    /** Where there are more runs than colours. */
    private static final List<float[]> DASHES = List.of(new float[] {1, 0}, new float[] {7, 4}, new float[] {2, 3});

    private record Panel(String title, String column, boolean share) {}

    private static final List<Panel> PANELS = List.of(
            new Panel("Training loss, nats", "train_loss", false),
            new Panel("Validation loss, nats", "validation_loss", false),
            new Panel("Validation unweighted average recall", "validation_uar", true));

    private final List<RunSummary> runs;
    private final Graphics2D graphics;

    private CurvesPlot(List<RunSummary> runs, Graphics2D graphics) {
        this.runs = runs;
        this.graphics = graphics;
    }

    /**
     * Draws the curves and writes them as a PNG file, over an older one.
     *
     * @throws IllegalStateException if the Java runtime has no fonts to write with
     */
    public static void write(List<RunSummary> runs, Path file) throws IOException {
        Files.write(file, Png.encode(draw(runs)));
    }

    static BufferedImage draw(List<RunSummary> runs) {
        int width = PANELS.size() * PANEL_WIDTH;
        int height = PANEL_HEIGHT + 16 + LEGEND_LINE * runs.size();
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, width, height);
            Fonts.prepare(graphics);
            CurvesPlot plot = new CurvesPlot(runs, graphics);
            for (int i = 0; i < PANELS.size(); i++) {
                plot.panel(PANELS.get(i), i * PANEL_WIDTH);
            }
            plot.legend();
            return image;
        } finally {
            graphics.dispose();
        }
    }

    private void panel(Panel panel, int left) {
        int epochs = (int) runs.stream()
                .flatMapToDouble(run -> Arrays.stream(run.column("epoch")))
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        double greatest = runs.stream()
                .flatMapToDouble(run -> Arrays.stream(run.column(panel.column())))
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        Axis x = Axis.whole(1, epochs, "epoch");
        Axis y = panel.share() ? Axis.share("") : Axis.upTo(greatest, "", false);
        frame(panel.title(), x, y, left);
        for (int i = 0; i < runs.size(); i++) {
            RunSummary run = runs.get(i);
            style(i);
            curve(run.column("epoch"), run.column(panel.column()), x, y, left);
        }
    }

    private void frame(String title, Axis x, Axis y, int left) {
        font(Font.BOLD, 15, INK);
        graphics.drawString(title, left + LEFT, TOP - 18);
        font(Font.PLAIN, 12, FAINT_INK);
        graphics.setStroke(new BasicStroke(1));
        for (double tick : y.ticks()) {
            int at = (int) Math.round(y(y, tick));
            graphics.setColor(GRID);
            graphics.drawLine(left + LEFT, at, left + PANEL_WIDTH - RIGHT, at);
            graphics.setColor(FAINT_INK);
            String label = y.label(tick);
            graphics.drawString(label, left + LEFT - 8 - width(label), at + 4);
        }
        for (double tick : x.ticks()) {
            String label = x.label(tick);
            graphics.drawString(label, (float) x(x, tick, left) - width(label) / 2f, PANEL_HEIGHT - BOTTOM + 18);
        }
        graphics.drawString(
                x.title(),
                left + LEFT + (PANEL_WIDTH - LEFT - RIGHT - width(x.title())) / 2,
                PANEL_HEIGHT - BOTTOM + 38);
    }

    /** What is not finite is a gap. */
    private void curve(double[] epochs, double[] values, Axis x, Axis y, int left) {
        Path2D path = new Path2D.Double();
        boolean drawing = false;
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i]) || !Double.isFinite(epochs[i])) {
                drawing = false;
            } else if (drawing) {
                path.lineTo(x(x, epochs[i], left), y(y, values[i]));
            } else {
                path.moveTo(x(x, epochs[i], left), y(y, values[i]));
                path.lineTo(x(x, epochs[i], left), y(y, values[i]));
                drawing = true;
            }
        }
        graphics.draw(path);
    }

    private void legend() {
        for (int i = 0; i < runs.size(); i++) {
            int y = PANEL_HEIGHT + LEGEND_LINE * i + 8;
            style(i);
            graphics.drawLine(LEFT, y, LEFT + 34, y);
            font(Font.PLAIN, 13, INK);
            String name = runs.get(i).name();
            graphics.drawString(name.length() > 180 ? name.substring(0, 180) + "…" : name, LEFT + 44, y + 5);
        }
    }

    private void style(int run) {
        graphics.setColor(COLOURS.get(run % COLOURS.size()));
        graphics.setStroke(new BasicStroke(
                2,
                BasicStroke.CAP_ROUND,
                BasicStroke.JOIN_ROUND,
                1,
                DASHES.get(run / COLOURS.size() % DASHES.size()),
                0));
    }

    private static double x(Axis axis, double value, int left) {
        return left + LEFT + axis.position(value) * (PANEL_WIDTH - LEFT - RIGHT);
    }

    private static double y(Axis axis, double value) {
        return PANEL_HEIGHT - BOTTOM - axis.position(value) * (PANEL_HEIGHT - TOP - BOTTOM);
    }

    private void font(int style, int size, Color colour) {
        graphics.setFont(new Font(Font.SANS_SERIF, style, size));
        graphics.setColor(colour);
    }

    private int width(String text) {
        return graphics.getFontMetrics().stringWidth(text);
    }
}
