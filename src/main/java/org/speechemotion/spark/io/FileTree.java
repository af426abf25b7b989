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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.speechemotion.common.FailureMessage;
import org.speechemotion.common.LocalPaths;
import org.speechemotion.common.ParallelMap;

/**
 * Lists the files below a folder of any Hadoop file system. Hidden files and folders, whose names begin with a dot, are left out.
 * A file or folder that cannot be accessed has an entry with the reason.
 */
public final class FileTree {
    private static final int REQUESTS_AT_ONCE = 16;

    private FileTree() {}

    /**
     * A file or a folder.
     *
     * @param path the qualified path; on the local file system in the form of {@link LocalPaths}
     * @param bytes the size of a file
     * @param modified the time of the last change, in ms since 1970 UTC. Tables cannot hold all times that file systems can: a time before
     *     1900 or after 9999 becomes the nearest time between them
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
        List<Entry> entries = isLocal(fileSystem) ? walk(folder, depth) : list(fileSystem, folder, depth);
        return distinct(entries);
    }

    /**
     * Sorts entries and keeps one for each path: of a file and a folder, which a store of objects can have under one name, the
     * file, and of a folder whose listing failed later, the failure.
     */
    private static List<Entry> distinct(List<Entry> entries) {
        entries.sort(
                Comparator.comparing(Entry::path).thenComparing(Entry::folder).thenComparing(entry -> !entry.failed()));
        List<Entry> distinct = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            if (distinct.isEmpty() || !distinct.get(distinct.size() - 1).path().equals(entry.path())) {
                distinct.add(entry);
            }
        }
        return distinct;
    }

    public static boolean isLocal(FileSystem fileSystem) {
        return "file".equals(fileSystem.getUri().getScheme());
    }

    /** Lists level by level, many folders at the same time, because a request to a remote store takes long. */
    private static List<Entry> list(FileSystem fileSystem, Path root, int depth) throws IOException {
        List<Entry> entries = new ArrayList<>();
        List<Entry> inside = new ArrayList<>();
        list(fileSystem, root, inside);
        for (int level = 1; level < depth && inside.stream().anyMatch(Entry::folder); level++) {
            List<Entry> folders = inside.stream().filter(Entry::folder).toList();
            inside.stream().filter(entry -> !entry.folder()).forEach(entries::add);
            inside = new ArrayList<>();
            for (Listed listed : ParallelMap.map(folders, REQUESTS_AT_ONCE, folder -> Listed.of(fileSystem, folder))) {
                entries.add(listed.folder);
                inside.addAll(listed.inside);
            }
        }
        entries.addAll(inside);
        return entries;
    }

    /** A folder and its direct entries. */
    private record Listed(Entry folder, List<Entry> inside) {
        static Listed of(FileSystem fileSystem, Entry folder) {
            List<Entry> inside = new ArrayList<>();
            try {
                list(fileSystem, new Path(folder.path()), inside);
            } catch (FileNotFoundException removed) {
                return new Listed(folder, inside); // it needs no row
            } catch (IOException failure) {
                return new Listed(folder.unlisted(failure), inside);
            }
            return new Listed(folder, inside);
        }
    }

    /** Adds the entries of a folder as the store tells them, page by page. */
    private static void list(FileSystem fileSystem, Path folder, List<Entry> inside) throws IOException {
        RemoteIterator<FileStatus> statuses = fileSystem.listStatusIterator(folder);
        while (statuses.hasNext()) {
            FileStatus status = statuses.next();
            if (!status.getPath().getName().startsWith(".")) {
                inside.add(Entry.of(status));
            }
        }
    }

    /** Lists a local folder without Hadoop, which follows circular links and leaves out broken links and names that are not UTF-8. */
    private static List<Entry> walk(Path root, int depth) throws IOException {
        java.nio.file.Path start = LocalPaths.of(root.toUri().getPath());
        List<Entry> entries = new ArrayList<>();
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
                    entries.add(Entry.of(name(file), attributes));
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
                    entries.add(failed(file, failure));
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
                    entries.add(failed(folder, failure));
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
