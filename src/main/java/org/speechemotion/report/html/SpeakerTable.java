package org.speechemotion.report.html;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.speechemotion.corpus.Clip;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.metrics.Scores;
import org.speechemotion.report.Chance;
import org.speechemotion.report.Percent;
import org.speechemotion.report.SideResult;
import org.speechemotion.report.figure.Axis;
import org.speechemotion.report.figure.Markup;
import org.speechemotion.train.Trainer;
import org.speechemotion.train.Trainer.Prediction;

/** The table of the scores of each corpus and of its speakers, with UAR as a bar. */
final class SpeakerTable {
    private SpeakerTable() {}

    static Markup of(SideResult side) {
        Markup body = Markup.of("tbody");
        groups(side.predictions(), Clip::corpusOf).forEach((corpus, clips) -> {
            body.add(row("corpus", corpus, clips));
            groups(clips, speaker -> speaker).forEach((speaker, own) -> body.add(row("speaker", speaker, own)));
        });
        Markup header = Markup.of("tr");
        for (String title : List.of("corpus, speaker", "clips", "correct", "accuracy", "UAR")) {
            header.add(Markup.of("th", title).with("scope", "col"));
        }
        header.add(Markup.of("th")
                .with("scope", "col")
                .with("class", "scale")
                .with("aria-label", "UAR as a bar from 0 to 100 %")
                .add(Markup.of("span", "0"), Markup.of("span", "50"), Markup.of("span", "100 %")));
        return Block.of(
                        "speakers",
                        "Corpora and speakers",
                        side.title(),
                        Markup.of("div")
                                .with("class", "scroll")
                                .add(Markup.of("table").add(Markup.of("thead").add(header), body)),
                        Block.note("UAR is the mean over the emotions with clips of a speaker; the line across a bar is"
                                + " the chance level."))
                .with("class", "wide");
    }

    private static Map<String, List<Prediction>> groups(List<Prediction> predictions, UnaryOperator<String> key) {
        return predictions.stream()
                .collect(Collectors.groupingBy(
                        one -> key.apply(one.example().speakerId()), TreeMap::new, Collectors.toList()));
    }

    private static Markup row(String style, String name, List<Prediction> clips) {
        ConfusionMatrix matrix = Trainer.confusion(clips);
        Scores scores = Scores.of(matrix);
        double recall = scores.unweightedAverageRecall();
        return Markup.of("tr")
                .with("class", style)
                .add(
                        Markup.of("th", name).with("scope", "row"),
                        Markup.of("td", Integer.toString(clips.size())),
                        Markup.of("td", Long.toString(Math.round(scores.accuracy() * clips.size()))),
                        Markup.of("td", Percent.of(scores.accuracy())),
                        Markup.of("td", Percent.of(recall)),
                        Markup.of("td")
                                .with("class", "bar")
                                .with(
                                        "style",
                                        "--share:%s;--chance:%s"
                                                .formatted(Axis.number(recall), Axis.number(Chance.of(matrix))))
                                .add(Markup.of("i"), Markup.of("b")));
    }
}
