package org.speechemotion.report.html;

import java.util.List;
import java.util.Locale;
import org.speechemotion.metrics.ReliabilityBins;
import org.speechemotion.metrics.ReliabilityBins.Bin;
import org.speechemotion.report.Axis;
import org.speechemotion.report.SideResult;

/** Accuracy by confidence: bars at the model's temperature, dots at temperature 1. On the diagonal a model is calibrated. */
final class ReliabilityDiagram {
    private ReliabilityDiagram() {}

    static Markup of(SideResult side) {
        Plot plot = new Plot("Reliability diagram", Axis.share("confidence"), Axis.share("accuracy"));
        List<Bin> bins = side.calibrated().reliability().bins();
        for (int i = 0; i < bins.size(); i++) {
            Bin bin = bins.get(i);
            if (bin.clips() > 0) {
                plot.bar(
                        "one",
                        i / (double) ReliabilityBins.COUNT,
                        (i + 1) / (double) ReliabilityBins.COUNT,
                        bin.accuracy(),
                        describe(bin));
            }
        }
        plot.rule(0, 0, 1, 1);
        for (Bin bin : side.uncalibrated().reliability().bins()) {
            if (bin.clips() > 0) {
                plot.dot("two", bin.confidence(), bin.accuracy(), describe(bin));
            }
        }
        return Figure.of(
                "reliability",
                "Reliability",
                plot.svg(),
                Figure.note(
                        "The temperature is fitted on the validation side and shrunk towards 1; few clips hardly move"
                                + " it."),
                Figure.legend(
                        "one",
                        legend(side.temperature(), side.calibrated().expectedCalibrationError()),
                        "two",
                        legend(1, side.uncalibrated().expectedCalibrationError())));
    }

    private static String legend(double temperature, double error) {
        return String.format(Locale.ROOT, "at temperature %.2f: ECE %.3f", temperature, error);
    }

    private static String describe(Bin bin) {
        return String.format(
                Locale.ROOT,
                "%d clips: confidence %s, accuracy %s",
                bin.clips(),
                Figure.percent(bin.confidence()),
                Figure.percent(bin.accuracy()));
    }
}
