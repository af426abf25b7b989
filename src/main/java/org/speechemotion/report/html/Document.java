package org.speechemotion.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.speechemotion.report.figure.Markup;

/** Renders pages of reports: self-contained HTML that is well-formed XML. */
final class Document {
    private static final String STYLE = style();

    private Document() {}

    /** Returns a page with a title and the given {@code main} element. */
    static String render(String title, Markup main) {
        Markup page = Markup.of("html")
                .with("xmlns", "http://www.w3.org/1999/xhtml")
                .with("lang", "en")
                .add(head(title), Markup.of("body").add(main));
        return "<!DOCTYPE html>\n" + page + "\n";
    }

    private static Markup head(String title) {
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

    private static String style() {
        try (InputStream in = Document.class.getResourceAsStream("page.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
