package org.speechemotion.report.html;

import java.util.Locale;
import java.util.Optional;
import org.speechemotion.metrics.Evaluation;
import org.speechemotion.metrics.Interval;
import org.speechemotion.metrics.ScoreIntervals;
import org.speechemotion.metrics.Scores;
import org.speechemotion.report.SideResult;

/** The figures of one side of the split, with their confidence intervals. */
final class Headline {
    private Headline() {}

    static Markup of(SideResult side) {
        Evaluation evaluation = side.evaluation();
        Scores scores = evaluation.scores();
        Optional<ScoreIntervals> intervals = evaluation.intervals();
        return Markup.of("section")
                .with("class", "headline")
                .with("id", "side-" + side.side())
                .add(
                        Markup.of("h2", side.side() + " side"),
                        Figure.note(scores.n() + " clips by " + evaluation.speakers() + " speakers"),
                        Markup.of("div")
                                .with("class", "tiles")
                                .add(
                                        share(
                                                "unweighted average recall",
                                                scores.unweightedAverageRecall(),
                                                intervals.map(ScoreIntervals::unweightedAverageRecall)),
                                        share("accuracy", scores.accuracy(), intervals.map(ScoreIntervals::accuracy)),
                                        share("macro F1", scores.macroF1(), intervals.map(ScoreIntervals::macroF1)),
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

    private static Markup share(String name, double value, Optional<Interval> interval) {
        return tile(
                name,
                Figure.percent(value),
                interval.map(one ->
                                String.format(Locale.ROOT, "95 %%: %.1f to %.1f", 100 * one.low(), 100 * one.high()))
                        .orElse(Evaluation.TOO_FEW_SPEAKERS));
    }

    private static Markup tile(String name, String value, String small) {
        return Markup.of("div")
                .with("class", "tile")
                .add(Markup.of("span", name), Markup.of("strong", value), Markup.of("small", small));
    }
}
