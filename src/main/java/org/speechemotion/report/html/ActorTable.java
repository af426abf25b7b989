package org.speechemotion.report.html;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.speechemotion.corpus.Clip;
import org.speechemotion.metrics.Scores;
import org.speechemotion.report.Axis;
import org.speechemotion.train.Trainer;
import org.speechemotion.train.Trainer.Prediction;

/** Figures of every corpus and, below it, of every actor. */
final class ActorTable {
    private ActorTable() {}

    static Markup of(List<Prediction> predictions) {
        Markup body = Markup.of("tbody");
        groups(predictions, actor -> Clip.corpusOf(actor)).forEach((corpus, clips) -> {
            body.add(row("corpus", corpus, clips));
            groups(clips, actor -> actor).forEach((actor, own) -> body.add(row("actor", actor, own)));
        });
        Markup header = Markup.of("tr");
        for (String title : List.of("speaker", "clips", "accuracy", "average recall")) {
            header.add(Markup.of("th", title).with("scope", "col"));
        }
        return Figure.of(
                        "actors",
                        "Corpora and speakers",
                        Markup.of("div")
                                .with("class", "scroll")
                                .add(Markup.of("table").add(Markup.of("thead").add(header), body)))
                .with("class", "wide");
    }

    private interface Key {
        String of(String actor);
    }

    private static Map<String, List<Prediction>> groups(List<Prediction> predictions, Key key) {
        return predictions.stream()
                .collect(Collectors.groupingBy(
                        one -> key.of(one.example().actorId()), TreeMap::new, Collectors.toList()));
    }

    private static Markup row(String style, String name, List<Prediction> clips) {
        Scores scores = Scores.of(Trainer.confusion(clips));
        return Markup.of("tr")
                .with("class", style)
                .add(
                        Markup.of("th", name).with("scope", "row"),
                        Markup.of("td", Integer.toString(clips.size())),
                        Markup.of("td", Figure.percent(scores.accuracy())),
                        Markup.of("td", Figure.percent(scores.unweightedAverageRecall()))
                                .with("class", "meter")
                                .with("style", "--share:" + Axis.number(scores.unweightedAverageRecall())));
    }
}
