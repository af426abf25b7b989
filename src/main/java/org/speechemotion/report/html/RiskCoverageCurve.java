package org.speechemotion.report.html;

import java.util.List;
import org.speechemotion.metrics.RiskCoverage;
import org.speechemotion.report.Axis;
import org.speechemotion.report.SideResult;

/** Share of errors among the most confident clips, by how many of all clips those are. */
final class RiskCoverageCurve {
    private RiskCoverageCurve() {}

    static Markup of(SideResult side) {
        RiskCoverage curve = side.calibrated().riskCoverage();
        double greatest =
                curve.points().stream().mapToDouble(RiskCoverage::risk).max().orElse(0);
        Plot plot = new Plot(
                        "Errors by share of clips that are answered",
                        Axis.share("clips answered, the surest first"),
                        Axis.upTo(Math.max(0.1, greatest), "errors among them", true))
                .curve(
                        "one",
                        curve.points().stream()
                                .map(point -> new double[] {curve.coverage(point), RiskCoverage.risk(point)})
                                .toList());
        StringBuilder accuracies = new StringBuilder("Accuracy where the least sure clips are left out:");
        String separator = " ";
        for (double coverage : List.of(0.7, 0.8, 0.9)) {
            double accuracy = curve.accuracyAt(coverage);
            double answered = (double) curve.answered(coverage) / Math.max(1, curve.clips());
            plot.dot("one", answered, 1 - accuracy, Figure.percent(accuracy));
            accuracies.append("%s%s of %.0f %%".formatted(separator, Figure.percent(accuracy), 100 * coverage));
            separator = ", ";
        }
        return Figure.of("risk-coverage", "Risk and coverage", plot.svg(), Figure.note(accuracies + "."));
    }
}
