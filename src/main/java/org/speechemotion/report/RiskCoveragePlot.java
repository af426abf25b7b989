package org.speechemotion.report;

import java.util.List;
import java.util.Locale;
import org.speechemotion.metrics.RiskCoverage;
import org.speechemotion.report.figure.Axis;
import org.speechemotion.report.figure.Box;
import org.speechemotion.report.figure.Canvas;
import org.speechemotion.report.figure.Chart;
import org.speechemotion.report.figure.Figure;
import org.speechemotion.report.figure.Stroke;

/** Plots the share of errors among the most confident clips (risk) by the share of clips that are answered (coverage). */
public final class RiskCoveragePlot {
    private static final Box AREA = new Box(58, 10, 310, 200);

    /** Coverages at which the accuracy is stated. */
    public static final List<Double> COVERAGES = List.of(0.7, 0.8, 0.9);

    private RiskCoveragePlot() {}

    /** Draws the risk-coverage curve of a side with dots at {@link #COVERAGES}. */
    public static Figure of(SideResult side) {
        RiskCoverage curve = side.calibrated().riskCoverage();
        double max =
                curve.points().stream().mapToDouble(RiskCoverage::risk).max().orElse(0);
        Canvas canvas = new Canvas();
        Chart chart = new Chart(
                        canvas,
                        AREA,
                        Axis.share("share of clips answered, the most confident first"),
                        Axis.upTo(Math.max(0.1, max), "errors among them", true))
                .curve(
                        Stroke.series(0),
                        curve.points().stream()
                                .map(point -> new double[] {curve.coverage(point), RiskCoverage.risk(point)})
                                .toList());
        for (double coverage : COVERAGES) {
            double accuracy = curve.accuracyAt(coverage);
            double answered = (double) curve.answered(coverage) / Math.max(1, curve.clips());
            chart.marker(0, answered, 1 - accuracy, String.format(Locale.ROOT, "accuracy %.1f %%", 100 * accuracy));
        }
        return canvas.toFigure(380, AREA.bottom() + 40, "Risk and coverage, " + side.title());
    }
}
