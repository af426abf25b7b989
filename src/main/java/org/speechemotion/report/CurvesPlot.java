package org.speechemotion.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.speechemotion.common.Counted;
import org.speechemotion.report.figure.Axis;
import org.speechemotion.report.figure.Box;
import org.speechemotion.report.figure.Canvas;
import org.speechemotion.report.figure.Chart;
import org.speechemotion.report.figure.Figure;
import org.speechemotion.report.figure.Legend;
import org.speechemotion.report.figure.Paint;
import org.speechemotion.report.figure.Stroke;
import org.speechemotion.report.figure.TextStyle;

/** Training loss, validation loss and validation recall of several runs side by side, with a colour for each run. */
public final class CurvesPlot {
    private static final double PANEL_WIDTH = 330;
    private static final double PANEL_HEIGHT = 250;

    private record Panel(String title, String column, boolean share) {}

    private static final List<Panel> PANELS = List.of(
            new Panel("Training loss, nats", "train_loss", false),
            new Panel("Validation loss, nats", "validation_loss", false),
            new Panel("Validation UAR", "validation_uar", true));

    private CurvesPlot() {}

    /** Draws the runs in their order. */
    public static Figure of(List<RunSummary> runs) {
        Canvas canvas = new Canvas();
        for (int i = 0; i < PANELS.size(); i++) {
            panel(canvas, PANELS.get(i), runs, i * PANEL_WIDTH);
        }
        Legend legend = new Legend();
        for (int i = 0; i < runs.size(); i++) {
            legend.line(Stroke.series(i), runs.get(i).name());
        }
        double width = PANELS.size() * PANEL_WIDTH;
        double bottom = legend.draw(canvas, 58, PANEL_HEIGHT + 10, width - 70);
        return canvas.toFigure(width, bottom + 6, "Curves of " + Counted.of(runs.size(), "run"));
    }

    private static void panel(Canvas canvas, Panel panel, List<RunSummary> runs, double left) {
        Axis x = Axis.whole(1, (int) max(runs, "epoch"), "epoch");
        Axis y = panel.share() ? Axis.share("") : Axis.upTo(max(runs, panel.column()), "", false);
        Box area = new Box(left + 58, 32, PANEL_WIDTH - 70, PANEL_HEIGHT - 72);
        canvas.text(panel.title(), area.x(), 14, TextStyle.of(12, Paint.INK).inBold());
        Chart chart = new Chart(canvas, area, x, y);
        for (int i = 0; i < runs.size(); i++) {
            double[] epochs = runs.get(i).column("epoch");
            double[] values = runs.get(i).column(panel.column());
            List<double[]> points = IntStream.range(0, epochs.length)
                    .mapToObj(row -> new double[] {epochs[row], values[row]})
                    .toList();
            chart.curve(Stroke.series(i), points);
        }
    }

    private static double max(List<RunSummary> runs, String column) {
        return runs.stream()
                .flatMapToDouble(run -> Arrays.stream(run.column(column)))
                .filter(Double::isFinite)
                .max()
                .orElse(1);
    }
}
