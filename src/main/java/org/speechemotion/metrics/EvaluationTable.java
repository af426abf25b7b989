package org.speechemotion.metrics;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.speechemotion.common.Counted;
import org.speechemotion.corpus.Emotion;

/** Writes an evaluation as text in aligned columns. */
final class EvaluationTable {
    private EvaluationTable() {}

    static String of(Evaluation evaluation) {
        return String.join("\n", summary(evaluation), classes(evaluation.scores()), confusions(evaluation.matrix()));
    }

    private static String summary(Evaluation evaluation) {
        Scores scores = evaluation.scores();
        Optional<ScoreIntervals> intervals = evaluation.intervals();
        return line(
                        "%s by %s; %s",
                        Counted.of(scores.n(), "clip"),
                        Counted.of(evaluation.speakers(), "speaker"),
                        evaluation.missingIntervalReason().orElse("95 % confidence intervals over speakers"))
                + score("accuracy", scores.accuracy(), intervals.map(ScoreIntervals::accuracy))
                + score(
                        "unweighted average recall",
                        scores.unweightedAverageRecall(),
                        intervals.map(ScoreIntervals::unweightedAverageRecall))
                + score("macro F1", scores.macroF1(), intervals.map(ScoreIntervals::macroF1));
    }

    private static String score(String name, double value, Optional<Interval> interval) {
        String ends = interval.map(one -> String.format(Locale.ROOT, "  [%.3f, %.3f]", one.low(), one.high()))
                .orElse("");
        return line("%-26s %.3f%s", name, value, ends);
    }

    private static String classes(Scores scores) {
        int width = Math.max(
                10,
                scores.classes().stream()
                        .mapToInt(one -> one.emotion().id().length())
                        .max()
                        .orElse(0));
        return line("%-" + width + "s %10s %10s %10s %10s", "emotion", "precision", "recall", "F1", "support")
                + scores.classes().stream()
                        .map(one -> line(
                                "%-" + width + "s %10.3f %10.3f %10.3f %10d",
                                one.emotion().id(),
                                one.precision(),
                                one.recall(),
                                one.f1(),
                                one.support()))
                        .collect(Collectors.joining());
    }

    private static String confusions(ConfusionMatrix matrix) {
        int longest =
                matrix.emotions().ids().stream().mapToInt(String::length).max().orElse(0);
        int width = Math.max(10, longest + 1);
        String first = "%-" + Math.max(16, longest) + "s%s";
        String header = matrix.emotions().stream()
                .map(emotion -> cell(emotion.id(), width))
                .collect(Collectors.joining());
        return line(first, "true / predicted", header)
                + matrix.emotions().stream()
                        .map(truth -> line(first, truth.id(), counts(matrix, truth, width)))
                        .collect(Collectors.joining());
    }

    private static String counts(ConfusionMatrix matrix, Emotion truth, int width) {
        return matrix.emotions().stream()
                .map(predicted -> cell(Long.toString(matrix.count(truth, predicted)), width))
                .collect(Collectors.joining());
    }

    private static String cell(String text, int width) {
        return ("%" + width + "s").formatted(text);
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values) + "\n";
    }
}
