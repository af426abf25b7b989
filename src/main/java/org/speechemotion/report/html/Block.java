package org.speechemotion.report.html;

import org.speechemotion.report.figure.Figure;
import org.speechemotion.report.figure.Markup;

/** A titled block of the page. */
final class Block {
    private Block() {}

    /**
     * Makes a block.
     *
     * @param id the id of the element, for links
     * @param sides the sides of the split that the content is about, such as {@code test side}
     */
    static Markup of(String id, String title, String sides, Markup... content) {
        Markup heading =
                Markup.of("h2").text(title + " ").add(Markup.of("span", sides).with("class", "side"));
        return Markup.of("figure").with("id", id).add(heading).add(content);
    }

    /** Makes a block of a figure and a note below it. */
    static Markup of(String id, String title, String sides, Figure figure, String note) {
        return of(id, title, sides, figure.toMarkup(), note(note));
    }

    static Markup note(String text) {
        return Markup.of("p", text).with("class", "note");
    }
}
