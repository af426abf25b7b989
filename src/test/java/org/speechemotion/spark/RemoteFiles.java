package org.speechemotion.spark;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.TaskContext;

/**
 * A file system of its own, {@code remote:}, as HDFS or S3 are. A task that opens a file whose name begins with
 * {@code fatal} dies of it at its first attempt.
 */
public final class RemoteFiles extends RawLocalFileSystem {
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
        TaskContext task = TaskContext.get();
        if (task != null && task.attemptNumber() == 0 && file.getName().startsWith("fatal")) {
            throw new AssertionError("the first attempt at " + file + " dies");
        }
        return super.open(file, bufferSize);
    }
}
