package org.speechemotion.spark.stream;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.SupportsAdmissionControl;
import org.speechemotion.spark.io.FileListing;
import org.speechemotion.spark.io.FileTree;

/**
 * The complete files of a folder as a stream. Each trigger lists the folder, and a micro-batch has the files that became stable
 * since the last one. An offset is the number of listings that found such files. They are kept in this object alone: a query
 * that starts again, without the checkpoint of the one before, is given all files again. The table of scores alone records
 * which of them are done, so there are no two records that could contradict each other.
 */
final class StableFileStream implements MicroBatchStream, SupportsAdmissionControl {
    private final String input;
    private final String except;
    private final Configuration hadoop;
    private final StableFileDetector detector;

    private long number;
    private List<FileTree.Entry> found = List.of();

    /**
     * Creates the stream of a folder.
     *
     * @param input see {@link FileListing#entries}
     * @param except the qualified path of a folder that is left out with everything below it
     */
    StableFileStream(String input, String except, Duration settle, Configuration hadoop) {
        this.input = input;
        this.except = except;
        this.hadoop = hadoop;
        detector = new StableFileDetector(settle);
    }

    /** The number of listings that found stable files. */
    private static final class Listings extends Offset {
        private final long number;

        Listings(long number) {
            this.number = number;
        }

        @Override
        public String json() {
            return Long.toString(number);
        }
    }

    @Override
    public Offset initialOffset() {
        return new Listings(0);
    }

    @Override
    public Offset deserializeOffset(String json) {
        return new Listings(Long.parseLong(json.strip()));
    }

    @Override
    public Offset latestOffset() {
        throw new UnsupportedOperationException("a listing needs the offset of the one before");
    }

    @Override
    public Offset latestOffset(Offset start, ReadLimit limit) {
        List<FileTree.Entry> stable = detector.poll(list(), System.nanoTime(), this::isClosed);
        if (stable.isEmpty()) {
            return start;
        }
        number = ((Listings) start).number + 1;
        found = stable;
        return new Listings(number);
    }

    private List<FileTree.Entry> list() {
        try {
            return FileListing.entries(input, hadoop).stream()
                    .filter(file -> !file.path().startsWith(except + "/"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On HDFS, size and time may not change for hours while a file is written, but the file system knows whether it is open. */
    private boolean isClosed(FileTree.Entry file) {
        Path path = new Path(file.path());
        try {
            return file.folder()
                    || file.failed()
                    || !(path.getFileSystem(hadoop) instanceof DistributedFileSystem hdfs)
                    || hdfs.isFileClosed(path);
        } catch (FileNotFoundException gone) {
            return false;
        } catch (AccessControlException denied) {
            return true; // the file is rejected when it is read
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InputPartition[] planInputPartitions(Offset start, Offset end) {
        return new InputPartition[] {new StableFileSource.Files(found)};
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return StableFileSource.reader();
    }

    @Override
    public void commit(Offset end) {
        // Spark commits a micro-batch after it has asked for the next one.
        if (((Listings) end).number == number) {
            found = List.of();
        }
    }

    @Override
    public void stop() {
        found = List.of();
    }
}
