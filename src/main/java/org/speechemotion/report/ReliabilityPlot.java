package org.speechemotion.report;

import java.util.List;
import java.util.Locale;
import org.speechemotion.metrics.ReliabilityBins;
import org.speechemotion.metrics.ReliabilityBins.Bin;
import org.speechemotion.report.figure.Axis;
import org.speechemotion.report.figure.Box;
import org.speechemotion.report.figure.Canvas;
import org.speechemotion.report.figure.Chart;
import org.speechemotion.report.figure.Figure;
import org.speechemotion.report.figure.Legend;
import org.speechemotion.report.figure.Paint;

/**
 * Plots accuracy by confidence: bars after the model's calibration, dots before. The bars of a calibrated model
 * end on the diagonal.
 */
public final class ReliabilityPlot {
    private static final Box AREA = new Box(58, 10, 310, 200);

    private ReliabilityPlot() {}

    /** Draws the reliability diagram of a side. */
    public static Figure of(SideResult side) {
        Canvas canvas = new Canvas();
        Chart chart = new Chart(canvas, AREA, Axis.share("confidence"), Axis.share("accuracy"));
        List<Bin> bins = side.calibrated().reliability().bins();
        for (int i = 0; i < bins.size(); i++) {
            Bin bin = bins.get(i);
            if (bin.clips() > 0) {
                double width = 1.0 / ReliabilityBins.COUNT;
                chart.bar(Paint.series(0), i * width, (i + 1) * width, bin.accuracy(), describe(bin));
            }
        }
        chart.rule(0, 0, 1, 1);
        for (Bin bin : side.uncalibrated().reliability().bins()) {
            if (bin.clips() > 0) {
                chart.marker(1, bin.confidence(), bin.accuracy(), describe(bin));
            }
        }
        double bottom = new Legend()
                .bar(
                        Paint.series(0),
                        legend(side.temperature(), side.calibrated().expectedCalibrationError()))
                .marker(1, legend(1, side.uncalibrated().expectedCalibrationError()))
                .draw(canvas, AREA.x(), AREA.bottom() + 40, AREA.width());
        return canvas.toFigure(380, bottom + 4, "Reliability diagram, " + side.title());
    }

    private static String legend(double temperature, double error) {
        return String.format(Locale.ROOT, "temperature %.2f: ECE %.3f", temperature, error);
    }

    private static String describe(Bin bin) {
        return String.format(
                Locale.ROOT,
                "%d clips: confidence %.1f %%, accuracy %.1f %%",
                bin.clips(),
                100 * bin.confidence(),
                100 * bin.accuracy());
    }
}
