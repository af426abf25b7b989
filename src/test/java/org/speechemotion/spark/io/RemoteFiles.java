package org.speechemotion.spark.io;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * A separate file system, {@code remote:}, like HDFS or S3. The first task that opens a file whose name begins with {@code fatal}
 * fails, and every task that opens a {@code doomed} one fails while {@link #DOOM} is set.
 */
public class RemoteFiles extends RawLocalFileSystem {
    private static final Set<String> OPENED = ConcurrentHashMap.newKeySet();

    public static final AtomicBoolean DOOM = new AtomicBoolean();

    /** Returns whether a task has failed at the file. */
    public static boolean wasFatal(String file) {
        return OPENED.contains(file);
    }

    @Override
    public URI getUri() {
        return URI.create("remote:///");
    }

    @Override
    public String getScheme() {
        return "remote";
    }

    @Override
    public FileStatus getFileStatus(Path file) throws IOException {
        return plain(super.getFileStatus(file));
    }

    @Override
    public FileStatus[] listStatus(Path file) throws IOException {
        return Arrays.stream(super.listStatus(file)).map(RemoteFiles::plain).toArray(FileStatus[]::new);
    }

    /** The local kind looks for permissions by URIs of file: alone. */
    private static FileStatus plain(FileStatus status) {
        return new FileStatus(
                status.getLen(),
                status.isDirectory(),
                status.getReplication(),
                status.getBlockSize(),
                status.getModificationTime(),
                status.getPath());
    }

    @Override
    public FSDataInputStream open(Path file, int bufferSize) throws IOException {
        if (file.getName().startsWith("doomed") && DOOM.get()) {
            throw new AssertionError("whoever opens " + file + " dies");
        }
        if (file.getName().startsWith("fatal") && OPENED.add(file.toString())) {
            throw new AssertionError("the first attempt at " + file + " dies");
        }
        return super.open(file, bufferSize);
    }
}
