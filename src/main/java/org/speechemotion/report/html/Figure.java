package org.speechemotion.report.html;

import java.util.Locale;

/** What the page's figures and tables have in common. */
final class Figure {
    private Figure() {}

    /**
     * A figure under its title.
     *
     * @param id of the element: what a link to it names
     */
    static Markup of(String id, String title, Markup... content) {
        return Markup.of("figure").with("id", id).add(Markup.of("h2", title)).add(content);
    }

    /** What a colour stands for. */
    static Markup legend(String... stylesAndNames) {
        Markup legend = Markup.of("p").with("class", "legend");
        for (int i = 0; i < stylesAndNames.length; i += 2) {
            legend.add(Markup.of("span")
                    .add(Markup.of("i").with("class", stylesAndNames[i]))
                    .text(stylesAndNames[i + 1]));
        }
        return legend;
    }

    static Markup note(String text) {
        return Markup.of("p", text).with("class", "note");
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    static String fixed(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
