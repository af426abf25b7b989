package org.speechemotion.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.speechemotion.metrics.ClassScores;
import org.speechemotion.metrics.Evaluation;
import org.speechemotion.metrics.Interval;
import org.speechemotion.metrics.ScoreIntervals;
import org.speechemotion.metrics.Scores;

/** The scores of a run as tables for papers: {@code results.csv} and {@code results.tex}. */
public final class ResultTable {
    /** The columns of the scores of a side. */
    static final List<String> SCORES = List.of(
            "speakers",
            "clips",
            "chance",
            "uar",
            "uar_low",
            "uar_high",
            "accuracy",
            "accuracy_low",
            "accuracy_high",
            "macro_f1",
            "macro_f1_low",
            "macro_f1_high",
            "ece",
            "brier",
            "nll");

    private ResultTable() {}

    /** Returns a line for each side: shares in 0…1, the ends of an interval empty if there are too few speakers for one. */
    public static String csv(List<SideResult> sides) {
        StringBuilder csv =
                new StringBuilder("side,").append(String.join(",", SCORES)).append('\n');
        for (SideResult side : sides) {
            csv.append(side.side())
                    .append(',')
                    .append(String.join(",", scores(side)))
                    .append('\n');
        }
        return csv.toString();
    }

    /** Returns a line for the test side of each fold, as {@link #csv}, with the number of the fold in front. */
    public static String foldsCsv(List<SideResult> folds) {
        StringBuilder csv =
                new StringBuilder("fold,").append(String.join(",", SCORES)).append('\n');
        for (int fold = 0; fold < folds.size(); fold++) {
            csv.append(fold)
                    .append(',')
                    .append(String.join(",", scores(folds.get(fold))))
                    .append('\n');
        }
        return csv.toString();
    }

    /** Returns the fields of {@link #SCORES}. */
    static List<String> scores(SideResult side) {
        Evaluation evaluation = side.evaluation();
        Scores scores = evaluation.scores();
        Optional<ScoreIntervals> intervals = evaluation.intervals();
        List<String> fields = new ArrayList<>(List.of(
                Integer.toString(evaluation.speakers()),
                Long.toString(scores.n()),
                number(Chance.of(evaluation.matrix()))));
        add(fields, scores.unweightedAverageRecall(), intervals.map(ScoreIntervals::unweightedAverageRecall));
        add(fields, scores.accuracy(), intervals.map(ScoreIntervals::accuracy));
        add(fields, scores.macroF1(), intervals.map(ScoreIntervals::macroF1));
        fields.add(number(side.calibrated().expectedCalibrationError()));
        fields.add(number(side.calibrated().brier()));
        fields.add(number(side.calibrated().negativeLogLikelihood()));
        return fields;
    }

    private static void add(List<String> fields, double score, Optional<Interval> interval) {
        fields.add(number(score));
        fields.add(interval.map(one -> number(one.low())).orElse(""));
        fields.add(interval.map(one -> number(one.high())).orElse(""));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }

    /** Returns two LaTeX tables, in percent: the sides with their intervals, and the emotions of the last side. */
    public static String latex(List<SideResult> sides) {
        StringBuilder tex = new StringBuilder(
                """
                % Requires \\usepackage{booktabs}. Brackets hold 95 % intervals over speakers.
                \\begin{tabular}{lrrrrrrr}
                \\toprule
                Side & Speakers & Clips & UAR (\\%) & Accuracy (\\%) & Macro F1 (\\%) & ECE & Brier \\\\
                \\midrule
                """);
        for (SideResult side : sides) {
            Evaluation evaluation = side.evaluation();
            Scores scores = evaluation.scores();
            Optional<ScoreIntervals> intervals = evaluation.intervals();
            tex.append(String.format(
                    Locale.ROOT,
                    "%s & %d & %d & %s & %s & %s & %.3f & %.3f \\\\\n",
                    escaped(side.side()),
                    evaluation.speakers(),
                    scores.n(),
                    score(scores.unweightedAverageRecall(), intervals.map(ScoreIntervals::unweightedAverageRecall)),
                    score(scores.accuracy(), intervals.map(ScoreIntervals::accuracy)),
                    score(scores.macroF1(), intervals.map(ScoreIntervals::macroF1)),
                    side.calibrated().expectedCalibrationError(),
                    side.calibrated().brier()));
        }
        tex.append("\\bottomrule\n\\end{tabular}\n");
        if (!sides.isEmpty()) {
            tex.append(emotions(sides.get(sides.size() - 1)));
        }
        return tex.toString();
    }

    private static String emotions(SideResult side) {
        StringBuilder tex = new StringBuilder(
                """

                %% Emotions on the %s side.
                \\begin{tabular}{lrrrr}
                \\toprule
                Emotion & Clips & Precision (\\%%) & Recall (\\%%) & F1 (\\%%) \\\\
                \\midrule
                """
                        .formatted(side.side()));
        for (ClassScores one : side.evaluation().scores().classes()) {
            if (one.support() > 0) {
                tex.append(String.format(
                        Locale.ROOT,
                        "%s & %d & %.1f & %.1f & %.1f \\\\\n",
                        escaped(one.emotion().id()),
                        one.support(),
                        100 * one.precision(),
                        100 * one.recall(),
                        100 * one.f1()));
            }
        }
        return tex.append("\\bottomrule\n\\end{tabular}\n").toString();
    }

    private static String score(double value, Optional<Interval> interval) {
        String text = String.format(Locale.ROOT, "%.1f", 100 * value);
        return text
                + interval.map(one -> String.format(Locale.ROOT, " [%.1f, %.1f]", 100 * one.low(), 100 * one.high()))
                        .orElse("");
    }

    private static String escaped(String text) {
        return text.replaceAll("([&%$#_{}])", "\\\\$1");
    }
}
