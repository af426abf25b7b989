package org.speechemotion.report.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An element of HTML or SVG, written so that it is well-formed XML too. Texts and the values of attributes are escaped
 * whatever they hold; the names of elements and attributes must be constants of this program.
 */
public final class Markup {
    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<Object> content = new ArrayList<>();

    private Markup(String name) {
        this.name = name;
    }

    public static Markup of(String name) {
        return new Markup(name);
    }

    /** Returns an element that holds a text. */
    public static Markup of(String name, String text) {
        return of(name).text(text);
    }

    public Markup with(String attribute, String value) {
        attributes.put(attribute, value);
        return this;
    }

    /** Sets an attribute to a number with at most two decimals. */
    public Markup with(String attribute, double value) {
        return with(attribute, Axis.number(value));
    }

    public Markup text(String text) {
        content.add(text);
        return this;
    }

    public Markup add(Markup... elements) {
        return add(List.of(elements));
    }

    public Markup add(List<Markup> elements) {
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

    /** In HTML no other element of these pages may be closed by itself: {@code <p/>} would open a paragraph. */
    private boolean isVoid() {
        return switch (name) {
            case "meta", "rect", "circle", "polyline", "polygon", "image" -> true;
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

    /** XML and HTML cannot hold most control characters and halves of surrogate pairs, even escaped. */
    private static boolean isAllowed(int character) {
        return character >= 0x20
                && !(character >= 0x7f && character <= 0x9f)
                && !(character >= 0xd800 && character <= 0xdfff)
                && (character & 0xfffe) != 0xfffe;
    }
}
