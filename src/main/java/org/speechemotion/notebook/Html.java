package org.speechemotion.notebook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.speechemotion.report.figure.Axis;
import org.speechemotion.report.figure.Figure;
import org.speechemotion.report.figure.Markup;

/**
 * A piece of a page that a notebook shows. It brings its style along, follows the page's light or dark theme, and needs
 * neither a script nor another file.
 *
 * @param source an HTML element
 */
public record Html(String source) {
    private static final String DARK =
            "--surface: #1b1e23; --ink: #e7e9ec; --faint: #9ba2ad; --line: #30343c; --heat: 110 171 239;"
                    + " --on-heat: #10131a; --series-1: #5aa9e6; --series-2: #f0864a; --series-3: #35c09a;"
                    + " --series-4: #e39bc4; --series-5: #edb64c; --series-6: #9ad6f7; --series-7: #b48ad0;"
                    + " --series-8: #a3a3a3; color-scheme: dark;";

    private static final String STYLE = style();

    public Html {
        Objects.requireNonNull(source, "source");
    }

    static Html of(Markup... content) {
        return new Html(Markup.of("div")
                .with("class", "speech-emotion")
                .add(Markup.of("style", STYLE))
                .add(content)
                .toString());
    }

    /** Shows figures side by side where there is room for them, and else one below the other. */
    static Html of(List<Figure> figures) {
        return of(Markup.of("div")
                .with("class", "row")
                .add(figures.stream().map(Html::markup).toList()));
    }

    private static Markup markup(Figure figure) {
        // A point of a figure is drawn as at most 1.35 pixels, or small figures would fill a wide page, and as at least
        // 0.75, so
        // that a wide figure stays readable on a narrow page, where it scrolls.
        return Markup.of("div")
                .with(
                        "style",
                        "max-width:%spx;min-width:%spx"
                                .formatted(Axis.number(1.35 * figure.width()), Axis.number(0.75 * figure.width())))
                .add(figure.toMarkup());
    }

    /** Returns the element, which front ends show. */
    @Override
    public String toString() {
        return source;
    }

    private static String style() {
        try (InputStream in = Html.class.getResourceAsStream("notebook.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("DARK", DARK);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
