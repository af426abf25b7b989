package org.speechemotion.report.html;

import java.util.Locale;
import java.util.Optional;
import org.speechemotion.common.Counted;
import org.speechemotion.metrics.Evaluation;
import org.speechemotion.metrics.Interval;
import org.speechemotion.metrics.ScoreIntervals;
import org.speechemotion.metrics.Scores;
import org.speechemotion.report.Chance;
import org.speechemotion.report.Percent;
import org.speechemotion.report.SideResult;
import org.speechemotion.report.figure.Markup;

/** The scores of one side, with their intervals. */
final class Headline {
    private Headline() {}

    static Markup of(SideResult side) {
        Evaluation evaluation = side.evaluation();
        Scores scores = evaluation.scores();
        String counts = Counted.of(scores.n(), "clip") + " by " + Counted.of(evaluation.speakers(), "speaker");
        long right = Math.round(scores.accuracy() * scores.n());
        Markup tiles = Markup.of("div")
                .with("class", "tiles")
                .add(
                        share(
                                "unweighted average recall (UAR)",
                                scores.unweightedAverageRecall(),
                                evaluation.intervals().map(ScoreIntervals::unweightedAverageRecall),
                                "chance: " + Percent.of(Chance.of(evaluation.matrix()))),
                        share(
                                "accuracy",
                                scores.accuracy(),
                                evaluation.intervals().map(ScoreIntervals::accuracy),
                                "%d of %d clips".formatted(right, scores.n())),
                        share(
                                "macro F1",
                                scores.macroF1(),
                                evaluation.intervals().map(ScoreIntervals::macroF1),
                                ""),
                        probability(
                                "expected calibration error (ECE)",
                                side.calibrated().expectedCalibrationError(),
                                side.uncalibrated().expectedCalibrationError()),
                        probability(
                                "Brier score",
                                side.calibrated().brier(),
                                side.uncalibrated().brier()));
        return Markup.of("section")
                .with("class", "headline")
                .with("id", "side-" + side.side())
                .add(Markup.of("h2", side.title()), Block.note(counts), tiles);
    }

    private static Markup share(String name, double value, Optional<Interval> interval, String note) {
        String text = (interval.isPresent() ? "95 %: " : "") + Percent.of(interval);
        return tile(name, Percent.of(value), text, note);
    }

    private static Markup probability(String name, double calibrated, double uncalibrated) {
        String before = String.format(Locale.ROOT, "uncalibrated: %.3f", uncalibrated);
        return tile(name, String.format(Locale.ROOT, "%.3f", calibrated), before, "0 is best");
    }

    private static Markup tile(String name, String value, String... notes) {
        Markup tile = Markup.of("div").with("class", "tile").add(Markup.of("span", name), Markup.of("strong", value));
        for (String note : notes) {
            if (!note.isEmpty()) {
                tile.add(Markup.of("small", note));
            }
        }
        return tile;
    }
}
