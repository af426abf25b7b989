package org.speechemotion.report.html;

import java.util.Locale;
import org.speechemotion.metrics.Evaluation;
import org.speechemotion.metrics.Interval;
import org.speechemotion.metrics.Scores;
import org.speechemotion.report.SideResult;

/** The figures of one side, with their intervals. */
final class Headline {
    private Headline() {}

    static Markup of(SideResult side) {
        Evaluation evaluation = side.evaluation();
        Scores scores = evaluation.scores();
        return Markup.of("section")
                .with("class", "headline")
                .with("id", "side-" + side.side())
                .add(
                        Markup.of("h2", side.side() + " side"),
                        Figure.note(scores.n() + " clips by " + evaluation.actors() + " speakers"),
                        Markup.of("div")
                                .with("class", "tiles")
                                .add(
                                        share(
                                                "unweighted average recall",
                                                scores.unweightedAverageRecall(),
                                                evaluation.unweightedAverageRecallInterval()),
                                        share("accuracy", scores.accuracy(), evaluation.accuracyInterval()),
                                        share("macro F1", scores.macroF1(), evaluation.macroF1Interval()),
                                        tile(
                                                "calibration error",
                                                Figure.fixed(side.calibrated().expectedCalibrationError()),
                                                "at temperature 1: "
                                                        + Figure.fixed(side.uncalibrated()
                                                                .expectedCalibrationError())),
                                        tile(
                                                "Brier score",
                                                Figure.fixed(side.calibrated().brier()),
                                                "at temperature 1: "
                                                        + Figure.fixed(side.uncalibrated()
                                                                .brier()))));
    }

    private static Markup share(String name, double value, Interval interval) {
        return tile(
                name,
                Figure.percent(value),
                String.format(Locale.ROOT, "95 %%: %.1f to %.1f", 100 * interval.low(), 100 * interval.high()));
    }

    private static Markup tile(String name, String value, String small) {
        return Markup.of("div")
                .with("class", "tile")
                .add(Markup.of("span", name), Markup.of("strong", value), Markup.of("small", small));
    }
}
