package org.speechemotion.report.html;

import java.util.Arrays;
import java.util.Locale;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.report.Axis;

/** A row for every emotion, a column for what it was taken for: percent of the row, the darker the more. */
final class ConfusionTable {
    private ConfusionTable() {}

    static Markup of(ConfusionMatrix matrix) {
        Markup header = Markup.of("tr").add(Markup.of("td"));
        for (Emotion emotion : Emotion.values()) {
            header.add(Markup.of("th").with("scope", "col").add(Markup.of("span", emotion.id())));
        }
        Markup body = Markup.of("tbody");
        for (Emotion truth : Emotion.values()) {
            body.add(row(matrix, truth));
        }
        return Figure.of(
                "confusion",
                "Confusion matrix",
                Markup.of("table")
                        .with("class", "confusion")
                        .add(Markup.of("thead").add(header), body),
                Figure.note("Rows: what it is. Columns: what it was taken for. Percent of the row."));
    }

    private static Markup row(ConfusionMatrix matrix, Emotion truth) {
        long total = Arrays.stream(matrix.counts()[truth.label()]).sum();
        Markup row = Markup.of("tr").add(Markup.of("th", truth.id()).with("scope", "row"));
        for (Emotion predicted : Emotion.values()) {
            long count = matrix.count(truth, predicted);
            double share = total == 0 ? 0 : (double) count / total;
            row.add(Markup.of("td", count == 0 ? "" : String.format(Locale.ROOT, "%.0f", 100 * share))
                    .with("class", share > 0.55 ? "strong" : "")
                    .with("style", "--share:" + Axis.number(share))
                    .with("title", count + " of " + total + " " + truth.id() + " taken for " + predicted.id()));
        }
        return row;
    }
}
