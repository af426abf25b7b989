package org.speechemotion.spark.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.speechemotion.archive.RandomAccess;
import org.speechemotion.common.LocalPaths;

/** Random access to an archive on any Hadoop file system. */
public final class HadoopArchive {
    private HadoopArchive() {}

    /** Opens a file; like {@link HadoopAudio}, it never opens a pipe or a device. */
    public static RandomAccess open(String path, Configuration configuration) throws IOException {
        Path file = new Path(path);
        FileSystem fileSystem = file.getFileSystem(configuration);
        if (FileTree.isLocal(fileSystem)) {
            java.nio.file.Path local = LocalPaths.of(file.toUri().getPath());
            if (!Files.isRegularFile(local)) {
                throw new IOException(local + " is not a regular file");
            }
            return RandomAccess.of(FileChannel.open(local, StandardOpenOption.READ));
        }
        long length = fileSystem.getFileStatus(file).getLen();
        return new Remote(fileSystem.open(file), length);
    }

    private record Remote(FSDataInputStream stream, long length) implements RandomAccess {
        @Override
        public void read(long position, byte[] into, int offset, int length) throws IOException {
            stream.readFully(position, into, offset, length);
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
