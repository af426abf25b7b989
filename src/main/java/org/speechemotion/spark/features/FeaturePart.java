package org.speechemotion.spark.features;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.speechemotion.encoder.Frames;
import org.speechemotion.features.StoreDescription;
import org.speechemotion.train.Example;

/**
 * Writes a part of a feature store: a Parquet file in which the values of any row can be read alone. The column of the
 * values is uncompressed, plainly encoded and required, with one row per page, so the values are the last bytes of their page,
 * and the offset index of the file has the position of the page.
 */
final class FeaturePart implements Closeable {
    /** The key of the file's metadata that has the hash of the store's description. */
    static final String STORE = "speech-emotion.store";

    static final String VALUES = "values";
    /** The number of bytes before a value, in which Parquet stores its length. */
    static final int LENGTH_BYTES = Integer.BYTES;

    static final MessageType SCHEMA = MessageTypeParser.parseMessageType(
            """
            message features {
              required binary clip_id (STRING);
              required binary path (STRING);
              required binary actor_id (STRING);
              required int32 label;
              required int32 view;
              required int32 frames;
              required int32 width;
              required binary values;
              required int32 crc32c;
              required group embedding (LIST) { repeated group list { required float element; } }
              required binary encoder_fingerprint (STRING);
              required binary augmentation_sha256 (STRING);
            }
            """);

    private final StoreDescription store;
    private final ParquetWriter<Group> writer;

    FeaturePart(Path file, StoreDescription store, Configuration hadoop) throws IOException {
        this.store = store;
        writer = ExampleParquetWriter.builder(HadoopOutputFile.fromPath(file, hadoop))
                .withType(SCHEMA)
                .withExtraMetaData(Map.of(STORE, store.hash()))
                .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
                .withDictionaryEncoding(false)
                .withPageRowCountLimit(1)
                .withMinRowCountForPageSizeCheck(1)
                .build();
    }

    /**
     * Adds a row.
     *
     * @throws IOException if it cannot be written, or a value is out of the range of the store's type
     */
    void write(Example clip, int view, Frames frames) throws IOException {
        byte[] values;
        try {
            values = store.values().encode(frames.values());
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "view " + view + " of " + clip.path() + " is not to be stored as features.values = "
                            + store.values().name().toLowerCase(Locale.ROOT) + ": " + e.getMessage(),
                    e);
        }
        Group row = new SimpleGroup(SCHEMA);
        row.add("clip_id", clip.contentSha256());
        row.add("path", clip.path());
        row.add("actor_id", clip.speakerId());
        row.add("label", clip.label());
        row.add("view", view);
        row.add("frames", frames.time());
        row.add("width", frames.width());
        row.add(VALUES, Binary.fromConstantByteArray(values));
        row.add("crc32c", checksum(ByteBuffer.wrap(values)));
        Group embedding = row.addGroup("embedding");
        for (float value : frames.mean()) {
            embedding.addGroup("list").append("element", value);
        }
        row.add("encoder_fingerprint", store.encoderFingerprint());
        row.add("augmentation_sha256", store.augmentationSha256());
        writer.write(row);
    }

    /** Returns the CRC-32C of the remaining bytes of a buffer, whose position does not change. */
    static int checksum(ByteBuffer values) {
        CRC32C checksum = new CRC32C();
        checksum.update(values.duplicate());
        return (int) checksum.getValue();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
