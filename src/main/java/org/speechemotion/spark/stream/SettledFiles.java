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
 * The files that have come to a folder and are whole, as a stream: each trigger is a look, and a micro-batch is what a look
 * found. An offset is nothing but the number of looks that found something. What was found is remembered by this object
 * alone: a query that starts again, without the checkpoint of the one before, is offered all that is there, for who reads it
 * into a table of scores knows, by that table, what is done. So there is one truth.
 */
final class SettledFiles implements MicroBatchStream, SupportsAdmissionControl {
    private final String input;
    private final String except;
    private final Configuration hadoop;
    private final Settling settling;

    private long number;
    private List<FileTree.Entry> found = List.of();

    /**
     * Of a folder.
     *
     * @param input see {@link FileListing#of}
     * @param except a folder that is passed over with all below it, qualified
     */
    SettledFiles(String input, String except, Duration settle, Configuration hadoop) {
        this.input = input;
        this.except = except;
        this.hadoop = hadoop;
        settling = new Settling(settle);
    }

    /** How many looks found something. */
    private static final class Looks extends Offset {
        private final long number;

        Looks(long number) {
            this.number = number;
        }

        @Override
        public String json() {
            return Long.toString(number);
        }
    }

    @Override
    public Offset initialOffset() {
        return new Looks(0);
    }

    @Override
    public Offset deserializeOffset(String json) {
        return new Looks(Long.parseLong(json.strip()));
    }

    @Override
    public Offset latestOffset() {
        throw new UnsupportedOperationException("a look needs to know the one before");
    }

    @Override
    public Offset latestOffset(Offset start, ReadLimit limit) {
        List<FileTree.Entry> whole = settling.look(list(), System.nanoTime(), this::isClosed);
        if (whole.isEmpty()) {
            return start;
        }
        number = ((Looks) start).number + 1;
        found = whole;
        return new Looks(number);
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

    /** HDFS shows a file of a size and time that may stay for hours while it is written, but tells whether it is. */
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
            return true; // it is rejected when it is read
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InputPartition[] planInputPartitions(Offset start, Offset end) {
        return new InputPartition[] {new SettledFileSource.Files(found)};
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return SettledFileSource.reader();
    }

    @Override
    public void commit(Offset end) {
        // Spark commits a micro-batch when it has asked for the next one already.
        if (((Looks) end).number == number) {
            found = List.of();
        }
    }

    @Override
    public void stop() {
        found = List.of();
    }
}
