package org.speechemotion.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.speechemotion.common.Counted;
import org.speechemotion.metrics.ClassScores;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.metrics.Evaluation;
import org.speechemotion.metrics.Interval;
import org.speechemotion.metrics.ScoreIntervals;
import org.speechemotion.metrics.Scores;

/** Summarises the result of a run in one or two sentences. */
public final class Verdict {
    private Verdict() {}

    /** Returns the UAR of a side, its comparison with chance, and the emotions that are recognised best and worst. */
    public static String of(SideResult side) {
        Evaluation evaluation = side.evaluation();
        Scores scores = evaluation.scores();
        double chance = Chance.of(evaluation.matrix());
        Optional<Interval> interval = evaluation.intervals().map(ScoreIntervals::unweightedAverageRecall);
        String text = String.format(
                Locale.ROOT,
                "On %s%s (%s by %s), the model recognises %s of each emotion's clips on average (UAR; 95 %%"
                        + " interval: %s); chance is %s, so this is %s.",
                side.title().endsWith(" side") ? "the " : "",
                side.title(),
                Counted.of(scores.n(), "clip"),
                Counted.of(evaluation.speakers(), "speaker"),
                Percent.of(scores.unweightedAverageRecall()),
                Percent.of(interval),
                Percent.of(chance),
                comparison(interval, chance, scores.unweightedAverageRecall()));
        return text + extremes(scores.classes(), evaluation.matrix());
    }

    private static String comparison(Optional<Interval> interval, double chance, double recall) {
        if (interval.isEmpty()) {
            return (recall > chance ? "above" : "not above")
                    + " chance for these speakers, and says nothing about others";
        } else if (interval.get().low() > chance) {
            return "better than chance";
        }
        return interval.get().high() < chance ? "worse than chance" : "not shown to be better than chance";
    }

    private static String extremes(List<ClassScores> classes, ConfusionMatrix matrix) {
        Comparator<ClassScores> byRecall = Comparator.comparingDouble(ClassScores::recall);
        List<ClassScores> present = classes.stream()
                .filter(one -> one.support() > 0)
                .sorted(byRecall)
                .toList();
        if (present.size() < 2) {
            return "";
        }
        ClassScores worst = present.get(0);
        ClassScores best = present.get(present.size() - 1);
        if (best.recall() == worst.recall()) {
            return "";
        }
        String mistaken = classes.stream()
                .filter(one ->
                        !one.emotion().equals(worst.emotion()) && matrix.count(worst.emotion(), one.emotion()) > 0)
                .max(Comparator.comparingLong(one -> matrix.count(worst.emotion(), one.emotion())))
                .map(one -> ", most often predicted as " + one.emotion().id())
                .orElse("");
        return String.format(
                Locale.ROOT,
                " It recognises %s best (%.0f %%) and %s worst (%.0f %%%s).",
                best.emotion().id(),
                100 * best.recall(),
                worst.emotion().id(),
                100 * worst.recall(),
                mistaken);
    }
}
