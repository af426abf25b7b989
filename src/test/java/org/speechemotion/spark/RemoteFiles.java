package org.speechemotion.spark;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.FSDataInputStream;
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
    public FSDataInputStream open(Path file, int bufferSize) throws IOException {
        TaskContext task = TaskContext.get();
        if (task != null && task.attemptNumber() == 0 && file.getName().startsWith("fatal")) {
            throw new AssertionError("the first attempt at " + file + " dies");
        }
        return super.open(file, bufferSize);
    }
}
