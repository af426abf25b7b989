package org.speechemotion.spark.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A file system of any number of files, which has their names alone: {@value #FILES_PER_FOLDER} in each folder. No file can be
 * opened, so that scoring rejects it at once.
 */
public final class ManyFiles extends FileSystem {
    public static final int FILES_PER_FOLDER = 1000;

    private static final URI ROOT = URI.create("many://archive/");
    private static final String COUNT = "many.files";
    private static final String MILLISECONDS = "many.milliseconds";
    private static final long BLOCK = 1 << 27;
    private static final long TIME = 1_790_000_000_000L;

    /**
     * Makes paths that begin with {@code many://archive/} known.
     *
     * @param milliseconds the time of a request
     */
    public static void register(Configuration hadoop, int count, int milliseconds) {
        hadoop.set("fs.many.impl", ManyFiles.class.getName());
        hadoop.setBoolean("fs.many.impl.disable.cache", true); // whose key lacks the number
        hadoop.setInt(COUNT, count);
        hadoop.setInt(MILLISECONDS, milliseconds);
    }

    /** The path of a file by its number. */
    public static String path(int file) {
        return folder(file / FILES_PER_FOLDER) + "/call-%09d-line-%02d.wav".formatted(file, file % 17);
    }

    public static long bytes(int file) {
        return 100_000L + file % 1_000_003;
    }

    public static long modified(int file) {
        return TIME + file * 10L;
    }

    private static String folder(int number) {
        return ROOT + "recordings/2026/folder-%06d".formatted(number);
    }

    @Override
    public URI getUri() {
        return ROOT;
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        request();
        Path parent = new Path(folder(0)).getParent();
        int count = getConf().getInt(COUNT, 0);
        if (path.equals(parent)) {
            return IntStream.range(0, (count + FILES_PER_FOLDER - 1) / FILES_PER_FOLDER)
                    .mapToObj(number -> directory(new Path(folder(number))))
                    .toArray(FileStatus[]::new);
        }
        if (path.equals(parent.getParent())) {
            return new FileStatus[] {directory(parent)};
        }
        if (!path.getName().startsWith("folder-")) {
            throw new FileNotFoundException(path.toString());
        }
        int first = Integer.parseInt(path.getName().substring("folder-".length())) * FILES_PER_FOLDER;
        return IntStream.range(first, Math.min(first + FILES_PER_FOLDER, count))
                .mapToObj(file -> new FileStatus(bytes(file), false, 1, BLOCK, modified(file), new Path(path(file))))
                .toArray(FileStatus[]::new);
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        request();
        return directory(path);
    }

    private static FileStatus directory(Path path) {
        return new FileStatus(0, true, 0, 0, TIME, path);
    }

    private void request() throws IOException {
        try {
            Thread.sleep(getConf().getInt(MILLISECONDS, 0));
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public FSDataInputStream open(Path path, int buffer) throws IOException {
        throw new IOException("the file has a name alone");
    }

    @Override
    public FSDataOutputStream create(
            Path path,
            FsPermission permission,
            boolean overwrite,
            int buffer,
            short replication,
            long block,
            Progressable progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FSDataOutputStream append(Path path, int buffer, Progressable progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean rename(Path from, Path to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean delete(Path path, boolean recursive) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean mkdirs(Path path, FsPermission permission) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setWorkingDirectory(Path path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path getWorkingDirectory() {
        return new Path(ROOT);
    }
}
