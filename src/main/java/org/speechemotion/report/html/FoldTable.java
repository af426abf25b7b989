package org.speechemotion.report.html;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.speechemotion.metrics.Evaluation;
import org.speechemotion.metrics.Interval;
import org.speechemotion.metrics.ScoreIntervals;
import org.speechemotion.report.Percent;
import org.speechemotion.report.SideResult;
import org.speechemotion.report.figure.Markup;

/** The table of the folds of a cross-validation. */
final class FoldTable {
    private FoldTable() {}

    /** Returns a row for each fold, numbered from 0 as in {@code split.fold}. */
    static Markup of(List<SideResult> folds) {
        Markup header = Markup.of("tr");
        for (String title : List.of("fold", "clips", "accuracy", "UAR", "95 % interval", "speakers")) {
            header.add(Markup.of("th", title).with("scope", "col"));
        }
        Markup body = Markup.of("tbody");
        for (int fold = 0; fold < folds.size(); fold++) {
            body.add(row(fold, folds.get(fold)));
        }
        return Block.of(
                        "folds",
                        "Folds",
                        "test side of each fold",
                        Markup.of("div")
                                .with("class", "scroll")
                                .add(Markup.of("table").add(Markup.of("thead").add(header), body)),
                        Block.note(
                                "Each fold was tested by a model that was not trained on its speakers; its own page is"
                                        + " in fold-<number>/."))
                .with("class", "wide");
    }

    private static Markup row(int fold, SideResult side) {
        Evaluation evaluation = side.evaluation();
        Optional<Interval> recall = evaluation.intervals().map(ScoreIntervals::unweightedAverageRecall);
        String speakers = side.predictions().stream()
                .map(one -> one.example().speakerId())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return Markup.of("tr")
                .with("class", "speaker")
                .add(
                        Markup.of("th", Integer.toString(fold)).with("scope", "row"),
                        Markup.of("td", Long.toString(evaluation.scores().n())),
                        Markup.of("td", Percent.of(evaluation.scores().accuracy())),
                        Markup.of("td", Percent.of(evaluation.scores().unweightedAverageRecall())),
                        Markup.of("td", Percent.of(recall)),
                        Markup.of("td", speakers));
    }
}
