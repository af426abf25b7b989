package org.speechemotion.report.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.speechemotion.report.Axis;

/**
 * An element of HTML or SVG, written so that it is well-formed XML too. Texts and the values of attributes are escaped,
 * whatever they hold; the names of elements and attributes are this program's own.
 */
final class Markup {
    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<Object> content = new ArrayList<>();

    private Markup(String name) {
        this.name = name;
    }

    static Markup of(String name) {
        return new Markup(name);
    }

    /** An element that holds a text. */
    static Markup of(String name, String text) {
        return of(name).text(text);
    }

    Markup with(String attribute, String value) {
        attributes.put(attribute, value);
        return this;
    }

    /** A number of two decimals: a hundredth of a pixel, or a percent. */
    Markup with(String attribute, double value) {
        return with(attribute, Axis.number(value));
    }

    Markup text(String text) {
        content.add(text);
        return this;
    }

    Markup add(Markup... elements) {
        return add(List.of(elements));
    }

    Markup add(List<Markup> elements) {
        content.addAll(elements);
        return this;
    }

    @Override
    public String toString() {
        StringBuilder source = new StringBuilder();
        write(source);
        return source.toString();
    }

    private void write(StringBuilder source) {
        source.append('<').append(name);
        attributes.forEach((attribute, value) -> {
            source.append(' ').append(attribute).append("=\"");
            escape(value, source);
            source.append('"');
        });
        if (content.isEmpty() && isVoid()) {
            source.append("/>");
            return;
        }
        source.append('>');
        for (Object part : content) {
            if (part instanceof Markup element) {
                element.write(source);
            } else {
                escape((String) part, source);
            }
        }
        source.append("</").append(name).append('>');
    }

    /** HTML knows no empty element but these and those of SVG: to it, {@code <p/>} opens a paragraph. */
    private boolean isVoid() {
        return switch (name) {
            case "meta", "line", "rect", "circle", "polyline" -> true;
            default -> false;
        };
    }

    private static void escape(String text, StringBuilder source) {
        text.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> source.append("&amp;");
                case '<' -> source.append("&lt;");
                case '>' -> source.append("&gt;");
                case '"' -> source.append("&quot;");
                case '\t', '\n' -> source.append((char) character);
                default -> source.appendCodePoint(isAllowed(character) ? character : 0xfffd);
            }
        });
    }

    /** What neither XML nor HTML can hold, even escaped: most control characters, and halves of a pair. */
    private static boolean isAllowed(int character) {
        return character >= 0x20
                && !(character >= 0x7f && character <= 0x9f)
                && !(character >= 0xd800 && character <= 0xdfff)
                && (character & 0xfffe) != 0xfffe;
    }
}
