package org.speechemotion.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.speechemotion.report.Rejections;
import org.speechemotion.report.RunResult;
import org.speechemotion.report.SideResult;
import org.speechemotion.train.EpochReport;

/**
 * A run's page.
 *
 * @param title the run's name
 * @param history every epoch, in order
 * @param errors the worst of the side that stands for the run
 * @param facts what else is to be known of the run, in the order in which it is shown
 * @param warning what the reader must know before the figures
 * @param rejections why files of the catalog are no clips
 * @param settings all of them, as HOCON
 */
public record RunPage(
        String title,
        RunResult result,
        List<EpochReport> history,
        List<PlayableError> errors,
        Map<String, String> facts,
        Optional<String> warning,
        Rejections rejections,
        String settings) {
    private static final String STYLE = resource("page.css");

    /** The page's source: HTML that is well-formed XML, and needs nothing but itself. */
    public String render() {
        Markup page = Markup.of("html")
                .with("xmlns", "http://www.w3.org/1999/xhtml")
                .with("lang", "en")
                .add(head(), body());
        return "<!DOCTYPE html>\n" + page + "\n";
    }

    private Markup head() {
        return Markup.of("head")
                .add(
                        Markup.of("meta").with("charset", "utf-8"),
                        Markup.of("meta")
                                .with("name", "viewport")
                                .with("content", "width=device-width, initial-scale=1"),
                        Markup.of("meta").with("name", "color-scheme").with("content", "light dark"),
                        Markup.of("title", title),
                        Markup.of("style", STYLE));
    }

    private Markup body() {
        Markup main = Markup.of("main").add(header());
        warning.ifPresent(
                text -> main.add(Markup.of("p", text).with("id", "warning").with("role", "alert")));
        if (!rejections.groups().isEmpty()) {
            main.add(rejected());
        }
        // The side that stands for the run comes first.
        for (int i = result.sides().size() - 1; i >= 0; i--) {
            main.add(Headline.of(result.sides().get(i)));
        }
        main.add(Markup.of("div").with("class", "figures").add(figures()));
        main.add(Markup.of("details")
                .with("id", "settings")
                .add(Markup.of("summary", "Settings"), Markup.of("pre", settings)));
        return Markup.of("body").add(main);
    }

    private Markup header() {
        Markup list = Markup.of("dl").with("id", "facts");
        facts.forEach((name, value) -> list.add(Markup.of("div").add(Markup.of("dt", name), Markup.of("dd", value))));
        return Markup.of("header").add(Markup.of("h1", title), list);
    }

    private Markup rejected() {
        List<String> lines = rejections.lines();
        Markup list = Markup.of("ul");
        lines.subList(1, lines.size()).forEach(line -> list.add(Markup.of("li", line.strip())));
        return Markup.of("section").with("id", "rejected").add(Markup.of("p", lines.get(0)), list);
    }

    private List<Markup> figures() {
        List<Markup> figures =
                new ArrayList<>(List.of(Curves.recall(history, result.kept()), Curves.loss(history, result.kept())));
        result.shown().ifPresent(side -> figures.addAll(of(side)));
        return figures;
    }

    private List<Markup> of(SideResult side) {
        return List.of(
                ConfusionTable.of(side.evaluation().matrix()),
                ClassBars.of(side.evaluation().scores()),
                ReliabilityDiagram.of(side),
                RiskCoverageCurve.of(side),
                ActorTable.of(side.predictions()),
                ErrorList.of(errors));
    }

    private static String resource(String name) {
        try (InputStream in = RunPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
