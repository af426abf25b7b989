package org.speechemotion.report.html;

import org.speechemotion.metrics.ClassScores;
import org.speechemotion.metrics.Scores;

/** Recall and precision of every emotion that has clips or was predicted. */
final class ClassBars {
    private static final double LEFT = 78;
    private static final double LENGTH = 230;
    private static final double ROW = 28;

    private ClassBars() {}

    static Markup of(Scores scores) {
        Markup svg = Plot.svg(
                "Recall and precision by emotion",
                Plot.WIDTH,
                ROW * scores.classes().size() + 4);
        double top = 4;
        for (ClassScores one : scores.classes()) {
            svg.add(Plot.label(one.emotion().id(), LEFT - 8, top + 15, "end"));
            bar(svg, "one", top, one.recall(), "recall of " + one.support() + " clips");
            bar(svg, "two", top + 11, one.precision(), "precision");
            top += ROW;
        }
        return Figure.of("classes", "Emotions", svg, Figure.legend("one", "recall", "two", "precision"));
    }

    private static void bar(Markup svg, String style, double top, double share, String text) {
        svg.add(Markup.of("rect")
                .with("class", "bar " + style)
                .with("x", LEFT)
                .with("y", top)
                .with("width", Math.max(1, share * LENGTH))
                .with("height", 9)
                .add(Markup.of("title", text + ": " + Figure.percent(share))));
        svg.add(Plot.label("%.0f %%".formatted(100 * share), LEFT + share * LENGTH + 5, top + 8, "start")
                .with("class", "small"));
    }
}
