package org.speechemotion.spark.features;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Writes the frames of a feature store as one file that needs no library to be read. For each view, in big-endian order: its
 * clip (the length of the id as 16 bits, then the id), its label, its number, its frames and their width (32 bits each), then
 * the values as they are stored, in little-endian order.
 */
public final class ViewExport {
    private ViewExport() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("usage: ViewExport STORE FILE");
        }
        try (SparkSession session = SparkSession.builder()
                        .master("local[1]")
                        .config("spark.ui.enabled", "false")
                        .getOrCreate();
                DataOutputStream out =
                        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[1]))))) {
            Iterator<Row> rows = session.read()
                    .parquet(arguments[0])
                    .select("clip_id", "label", "view", "frames", "width", FeaturePart.VALUES)
                    .toLocalIterator();
            while (rows.hasNext()) {
                Row row = rows.next();
                byte[] id = row.getString(0).getBytes(StandardCharsets.UTF_8);
                out.writeShort(id.length);
                out.write(id);
                for (int field = 1; field <= 4; field++) {
                    out.writeInt(row.getInt(field));
                }
                out.write((byte[]) row.get(5));
            }
        }
    }
}
