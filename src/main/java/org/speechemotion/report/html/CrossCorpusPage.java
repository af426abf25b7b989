package org.speechemotion.report.html;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.speechemotion.report.CrossCorpusPlot;
import org.speechemotion.report.CrossCorpusTable;
import org.speechemotion.report.CrossCorpusTable.Cell;
import org.speechemotion.report.Percent;
import org.speechemotion.report.figure.Markup;

/** The HTML page of a cross-corpus evaluation. */
public final class CrossCorpusPage {
    private CrossCorpusPage() {}

    /**
     * Returns the page as self-contained HTML that is well-formed XML.
     *
     * @param title the title, which names the run
     * @param notes remarks about the emotions of the cells: heading → lines
     */
    public static String render(String title, CrossCorpusTable table, Map<String, List<String>> notes) {
        Markup main = Markup.of("main")
                .add(Markup.of("header")
                        .add(
                                Markup.of("h1", title),
                                Markup.of("p", verdict(table)).with("class", "verdict")));
        Markup figures = Markup.of("div")
                .with("class", "figures")
                .add(
                        Block.of(
                                        "cross-corpus",
                                        "UAR of each training on each corpus",
                                        "test sides and other corpora",
                                        CrossCorpusPlot.of(table),
                                        "The stronger the colour, the further the UAR is above chance. A frame marks"
                                                + " other speakers of a corpus that was trained on.")
                                .with("class", "wide"),
                        cells(table));
        main.add(figures);
        Markup emotions = Markup.of("details")
                .with("id", "emotions")
                .with("open", "open")
                .add(Markup.of("summary", "Emotions of each test"));
        notes.forEach((heading, lines) -> {
            Markup list = Markup.of("ul");
            lines.forEach(line -> list.add(Markup.of("li", line)));
            emotions.add(Markup.of("p", heading), list);
        });
        return Document.render(title, main.add(emotions, Glossary.of()));
    }

    private static String verdict(CrossCorpusTable table) {
        return String.format(
                Locale.ROOT,
                "%d models were tested on %d corpora. The mean UAR is %s on other speakers of corpora that were"
                        + " trained on and %s on corpora that were not.",
                table.trainings().size(),
                table.corpora().size(),
                mean(table, true),
                mean(table, false));
    }

    private static String mean(CrossCorpusTable table, boolean heldOut) {
        return table.cells().stream()
                .filter(cell -> cell.heldOut() == heldOut)
                .mapToDouble(Cell::recall)
                .average()
                .stream()
                .mapToObj(Percent::of)
                .findFirst()
                .orElse("not known");
    }

    private static Markup cells(CrossCorpusTable table) {
        Markup header = Markup.of("tr");
        for (String name : List.of(
                "trained on",
                "tested on",
                "speakers",
                "clips",
                "chance",
                "UAR",
                "95 % interval",
                "ECE",
                "ECE at T = 1")) {
            header.add(Markup.of("th", name).with("scope", "col"));
        }
        Markup body = Markup.of("tbody");
        for (Cell cell : table.cells()) {
            body.add(Markup.of("tr")
                    .add(
                            Markup.of("th", cell.training()).with("scope", "row"),
                            Markup.of("td", cell.corpus() + (cell.heldOut() ? ", held-out speakers" : "")),
                            Markup.of(
                                    "td",
                                    Integer.toString(cell.result().evaluation().speakers())),
                            Markup.of(
                                    "td",
                                    Long.toString(
                                            cell.result().evaluation().scores().n())),
                            Markup.of("td", Percent.of(cell.chance())),
                            Markup.of("td", Percent.of(cell.recall())),
                            Markup.of("td", Percent.of(cell.interval())),
                            Markup.of("td", error(cell.result().calibrated().expectedCalibrationError())),
                            Markup.of("td", error(cell.result().uncalibrated().expectedCalibrationError()))));
        }
        return Block.of(
                        "cells",
                        "Scores",
                        "test sides and other corpora",
                        Markup.of("div")
                                .with("class", "scroll")
                                .add(Markup.of("table").add(Markup.of("thead").add(header), body)))
                .with("class", "wide");
    }

    private static String error(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
