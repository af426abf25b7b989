package org.speechemotion.spark.features;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.speechemotion.features.FeatureIndex.Entry;
import org.speechemotion.features.FeatureIndex.RowLocation;
import org.speechemotion.features.FeatureKey;
import org.speechemotion.features.StoreDescription;

/** Finds the positions of the values of a part from its footer and its small columns. */
final class FeaturePartIndex {
    private static final MessageType KEYS = new MessageType(
            "keys",
            FeaturePart.SCHEMA.getType("clip_id"),
            FeaturePart.SCHEMA.getType("view"),
            FeaturePart.SCHEMA.getType("frames"),
            FeaturePart.SCHEMA.getType("crc32c"));

    private FeaturePartIndex() {}

    /**
     * Reads the index of a part.
     *
     * @throws IOException if the file cannot be read, or is not a part of this store; the message names it
     */
    static List<Entry> of(Path file, StoreDescription store, Configuration hadoop) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, hadoop))) {
            require(
                    reader.getFileMetaData().getSchema().equals(FeaturePart.SCHEMA)
                            && store.hash()
                                    .equals(reader.getFileMetaData()
                                            .getKeyValueMetaData()
                                            .get(FeaturePart.STORE)),
                    "it was written for another store");
            List<Entry> entries = new ArrayList<>();
            reader.setRequestedSchema(KEYS);
            for (BlockMetaData block : reader.getRowGroups()) {
                read(reader, block, file.toString(), store, entries);
            }
            return entries;
        } catch (IOException | RuntimeException e) {
            throw new IOException(
                    file + " is not part of the feature store it is in; delete it to have it made again: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    private static void read(
            ParquetFileReader reader, BlockMetaData block, String part, StoreDescription store, List<Entry> entries)
            throws IOException {
        ColumnChunkMetaData values = block.getColumns().stream()
                .filter(column -> column.getPath().toDotString().equals(FeaturePart.VALUES))
                .findFirst()
                .orElseThrow();
        OffsetIndex pages = reader.readOffsetIndex(values);
        require(
                values.getCodec() == CompressionCodecName.UNCOMPRESSED
                        && values.getEncodings().contains(Encoding.PLAIN)
                        && pages != null
                        && pages.getPageCount() == block.getRowCount(),
                "its values are not laid out one row a page");
        PageReadStore rows = reader.readNextRowGroup();
        RecordReader<Group> keys =
                new ColumnIOFactory().getColumnIO(KEYS).getRecordReader(rows, new GroupRecordConverter(KEYS));
        for (int page = 0; page < pages.getPageCount(); page++) {
            Group key = keys.read();
            int frames = key.getInteger("frames", 0);
            long bytes = (long) frames * store.width() * store.values().bytes();
            require(
                    frames > 0 && bytes + FeaturePart.LENGTH_BYTES < pages.getCompressedPageSize(page),
                    "row " + page + " says that it has " + frames + " frames, which its page does not hold");
            entries.add(new Entry(
                    new FeatureKey(key.getString("clip_id", 0), key.getInteger("view", 0)),
                    new RowLocation(
                            part,
                            pages.getOffset(page) + pages.getCompressedPageSize(page) - bytes,
                            frames,
                            key.getInteger("crc32c", 0))));
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
