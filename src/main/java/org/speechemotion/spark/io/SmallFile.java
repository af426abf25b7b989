package org.speechemotion.spark.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads small files, such as the description of a folder. */
public final class SmallFile {
    private SmallFile() {}

    /**
     * Reads a file that may not exist.
     *
     * @param max the maximum number of bytes that are read; a longer file is of another kind
     */
    public static Optional<byte[]> read(FileSystem files, Path file, int max) throws IOException {
        try (InputStream in = files.open(file)) {
            return Optional.of(in.readNBytes(max));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }
}
