package org.speechemotion.spark.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.speechemotion.common.FailureMessage;
import org.speechemotion.common.LocalPaths;

/**
 * Lists the files below a folder of any Hadoop file system. Hidden files and folders, whose names begin with a dot, are left out.
 * A file or folder that cannot be accessed has an entry with the reason.
 */
public final class FileTree {
    private FileTree() {}

    /**
     * A file or a folder.
     *
     * @param path qualified; on the local file system in the form of {@link LocalPaths}
     * @param bytes the size of a file
     * @param modified in ms since 1970 UTC. Tables cannot hold all times that file systems can: a time before 1900 or after 9999
     *     becomes the nearest time between them
     * @param failure the reason why the file or folder could not be accessed; empty if it could
     */
    public record Entry(String path, boolean folder, long bytes, long modified, String failure)
            implements Serializable {
        /** Before 1900, Spark's calendars and the local mean times of zones differ. */
        static final long EARLIEST = Instant.parse("1900-01-01T00:00:00Z").toEpochMilli();

        static final long LATEST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

        public Entry {
            modified = Math.max(EARLIEST, Math.min(LATEST, modified));
        }

        public Entry(String path, boolean folder, long bytes, long modified) {
            this(path, folder, bytes, modified, "");
        }

        public static Entry of(FileStatus status) {
            return new Entry(
                    status.getPath().toString(), status.isDirectory(), status.getLen(), status.getModificationTime());
        }

        private static Entry of(String path, BasicFileAttributes attributes) {
            return new Entry(
                    path,
                    attributes.isDirectory(),
                    attributes.size(),
                    attributes.lastModifiedTime().toMillis());
        }

        public boolean failed() {
            return !failure.isEmpty();
        }

        private Entry unlisted(IOException cause) {
            return new Entry(path, true, 0, modified, "the folder could not be listed: " + FailureMessage.of(cause));
        }
    }

    /** Finds the file or folder at a path, if there is one. */
    public static Optional<Entry> find(Path path, Configuration configuration) throws IOException {
        FileSystem fileSystem = path.getFileSystem(configuration);
        Path qualified = fileSystem.makeQualified(path);
        try {
            return Optional.of(
                    isLocal(fileSystem)
                            ? Entry.of(
                                    qualified.toString(),
                                    Files.readAttributes(
                                            LocalPaths.of(qualified.toUri().getPath()), BasicFileAttributes.class))
                            : Entry.of(fileSystem.getFileStatus(qualified)));
        } catch (FileNotFoundException | NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    /**
     * Lists a folder.
     *
     * @param depth the maximum number of levels, 1 for the folder alone
     * @return the entries, sorted by path
     * @throws FileNotFoundException if there is no such folder
     * @throws IOException if the folder itself cannot be listed; a folder below it that cannot is an entry with the reason
     */
    public static List<Entry> below(Path root, int depth, Configuration configuration) throws IOException {
        FileSystem fileSystem = root.getFileSystem(configuration);
        Path folder = fileSystem.makeQualified(root);
        if (find(folder, configuration).filter(Entry::folder).isEmpty()) {
            throw new FileNotFoundException(root + " is not a folder");
        }
        Map<String, Entry> entries = isLocal(fileSystem) ? walk(folder, depth) : list(fileSystem, folder, depth);
        return new ArrayList<>(entries.values());
    }

    public static boolean isLocal(FileSystem fileSystem) {
        return "file".equals(fileSystem.getUri().getScheme());
    }

    private static Map<String, Entry> list(FileSystem fileSystem, Path root, int depth) throws IOException {
        Map<String, Entry> entries = new TreeMap<>();
        Deque<Path> folders = new ArrayDeque<>(List.of(root));
        while (!folders.isEmpty()) {
            Path folder = folders.remove();
            FileStatus[] inside;
            try {
                inside = fileSystem.listStatus(folder);
            } catch (IOException failure) {
                if (folder.equals(root)) {
                    throw failure;
                }
                // A folder that was removed in the meantime needs no row.
                if (!(failure instanceof FileNotFoundException)) {
                    entries.computeIfPresent(folder.toString(), (path, entry) -> entry.unlisted(failure));
                }
                continue;
            }
            for (FileStatus status : inside) {
                Path path = status.getPath();
                if (!path.getName().startsWith(".")) {
                    entries.put(path.toString(), Entry.of(status));
                    if (status.isDirectory() && path.depth() - root.depth() < depth) {
                        folders.add(path);
                    }
                }
            }
        }
        return entries;
    }

    /** Lists a local folder without Hadoop, which follows circular links and leaves out broken links and names that are not UTF-8. */
    private static Map<String, Entry> walk(Path root, int depth) throws IOException {
        java.nio.file.Path start = LocalPaths.of(root.toUri().getPath());
        Map<String, Entry> entries = new TreeMap<>();
        Files.walkFileTree(start, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(java.nio.file.Path folder, BasicFileAttributes attributes) {
                if (!folder.equals(start) && isHidden(folder)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                return folder.equals(start) ? FileVisitResult.CONTINUE : visitFile(folder, attributes);
            }

            @Override
            public FileVisitResult visitFile(java.nio.file.Path file, BasicFileAttributes attributes) {
                if (!isHidden(file)) {
                    entries.put(name(file), Entry.of(name(file), attributes));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(java.nio.file.Path file, IOException failure) throws IOException {
                if (failure instanceof FileSystemLoopException) {
                    return FileVisitResult.CONTINUE; // a link to a folder that is being listed already
                }
                if (file.equals(start)) {
                    throw failure;
                }
                if (!(failure instanceof NoSuchFileException) && !isHidden(file)) {
                    entries.put(name(file), failed(file, failure));
                }
                return FileVisitResult
                        .CONTINUE; // it was removed meanwhile, or has a row that says what is wrong with it
            }

            @Override
            public FileVisitResult postVisitDirectory(java.nio.file.Path folder, IOException failure)
                    throws IOException {
                if (failure != null) {
                    if (folder.equals(start)) {
                        throw failure;
                    }
                    entries.put(name(folder), failed(folder, failure));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return entries;
    }

    private static Entry failed(java.nio.file.Path file, IOException failure) {
        String path = name(file);
        try {
            Entry entry = Entry.of(path, Files.readAttributes(file, BasicFileAttributes.class));
            if (entry.folder()) {
                return entry.unlisted(failure);
            }
        } catch (IOException alsoFails) {
            // Nothing but the failure is known.
        }
        return new Entry(path, false, 0, 0, "could not be read: " + FailureMessage.of(failure));
    }

    private static boolean isHidden(java.nio.file.Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    private static String name(java.nio.file.Path path) {
        return "file:" + LocalPaths.text(path);
    }
}
