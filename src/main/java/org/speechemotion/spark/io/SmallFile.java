package org.speechemotion.spark.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A file that says something about the folder it is in. */
public final class SmallFile {
    private SmallFile() {}

    /**
     * Reads a file that may not be there.
     *
     * @param most bytes that are read: whoever wrote more wrote another kind of file
     */
    public static Optional<byte[]> read(FileSystem files, Path file, int most) throws IOException {
        try (InputStream in = files.open(file)) {
            return Optional.of(in.readNBytes(most));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }
}
