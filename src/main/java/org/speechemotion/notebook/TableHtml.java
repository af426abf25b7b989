package org.speechemotion.notebook;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.speechemotion.report.figure.Markup;

/** Shows the first rows of a table. */
final class TableHtml {
    static final int MAX_ROWS = 1000;
    private static final int MAX_TEXT = 200;

    private TableHtml() {}

    /**
     * Returns the first rows.
     *
     * @param rows the number of rows, 1 to {@value #MAX_ROWS}
     */
    static Html of(Dataset<Row> table, int rows) {
        if (rows < 1 || rows > MAX_ROWS) {
            throw new IllegalArgumentException("table of " + rows + " rows; allowed: 1 to " + MAX_ROWS);
        }
        List<Row> found = table.limit(rows + 1).collectAsList();
        List<Row> shown = found.subList(0, Math.min(rows, found.size()));
        DataType[] types = Arrays.stream(table.schema().fields())
                .map(field -> field.dataType())
                .toArray(DataType[]::new);
        Markup header = Markup.of("tr");
        for (int i = 0; i < types.length; i++) {
            header.add(aligned(Markup.of("th", table.columns()[i]), types[i]));
        }
        Markup body = Markup.of("tbody");
        for (Row row : shown) {
            Markup line = Markup.of("tr");
            for (int i = 0; i < types.length; i++) {
                line.add(aligned(Markup.of("td", text(row.get(i))), types[i]));
            }
            body.add(line);
        }
        Markup result = Markup.of("table").add(Markup.of("thead").add(header), body);
        return found.size() > shown.size()
                ? Html.of(result, Markup.of("small", "The table has more rows than these " + rows + "."))
                : Html.of(result);
    }

    private static Markup aligned(Markup cell, DataType type) {
        return type instanceof NumericType ? cell.with("class", "number") : cell;
    }

    private static String text(Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Double || value instanceof Float) {
            return String.format(Locale.ROOT, "%.3f", ((Number) value).doubleValue());
        }
        String text = value.toString();
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT - 1) + "…" : text;
    }
}
