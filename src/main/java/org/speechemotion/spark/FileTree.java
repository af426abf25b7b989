package org.speechemotion.spark;

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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What is below a folder of any Hadoop file system. Hidden files and folders, which begin with a dot, are passed over. */
final class FileTree {
    private FileTree() {}

    /**
     * A file or a folder.
     *
     * @param path qualified
     * @param bytes of a file
     * @param modified in ms since 1970 UTC
     */
    record Entry(String path, boolean folder, long bytes, long modified) implements Serializable {
        static Entry of(FileStatus status) {
            return of(status, status.getPath().toString());
        }

        static Entry of(FileStatus status, String path) {
            return new Entry(path, status.isDirectory(), status.getLen(), status.getModificationTime());
        }
    }

    /**
     * Lists a folder.
     *
     * @param depth most levels to go down, 1 for the folder itself
     * @return sorted by path
     * @throws FileNotFoundException where there is no folder
     */
    static List<Entry> below(Path root, int depth, Configuration configuration) throws IOException {
        FileSystem fileSystem = root.getFileSystem(configuration);
        Path folder = fileSystem.makeQualified(root);
        if (!fileSystem.getFileStatus(folder).isDirectory()) {
            throw new FileNotFoundException(root + " is not a folder");
        }
        List<Entry> entries = isLocal(fileSystem) ? walk(folder, depth) : list(fileSystem, folder, depth);
        entries.sort(Comparator.comparing(Entry::path));
        return entries;
    }

    static boolean isLocal(FileSystem fileSystem) {
        return "file".equals(fileSystem.getUri().getScheme());
    }

    private static List<Entry> list(FileSystem fileSystem, Path root, int depth) throws IOException {
        List<Entry> entries = new ArrayList<>();
        Deque<Path> folders = new ArrayDeque<>(List.of(root));
        while (!folders.isEmpty()) {
            for (FileStatus status : list(fileSystem, folders.remove(), root)) {
                Path path = status.getPath();
                if (!path.getName().startsWith(".")) {
                    entries.add(Entry.of(status));
                    if (status.isDirectory() && path.depth() - root.depth() < depth) {
                        folders.add(path);
                    }
                }
            }
        }
        return entries;
    }

    private static FileStatus[] list(FileSystem fileSystem, Path folder, Path root) throws IOException {
        try {
            return fileSystem.listStatus(folder);
        } catch (FileNotFoundException gone) {
            if (folder.equals(root)) {
                throw gone;
            }
            return new FileStatus[0]; // somebody removed it meanwhile
        }
    }

    /** Hadoop itself follows links round in circles, and leaves out links to nothing and names it cannot decode. */
    private static List<Entry> walk(Path root, int depth) throws IOException {
        java.nio.file.Path start = java.nio.file.Path.of(root.toUri().getPath());
        List<Entry> entries = new ArrayList<>();
        Files.walkFileTree(start, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(java.nio.file.Path folder, BasicFileAttributes attributes) {
                return folder.equals(start) || add(folder, attributes)
                        ? FileVisitResult.CONTINUE
                        : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(java.nio.file.Path file, BasicFileAttributes attributes) {
                add(file, attributes);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(java.nio.file.Path file, IOException failure) throws IOException {
                if (failure instanceof FileSystemLoopException) {
                    return FileVisitResult.CONTINUE; // a link to a folder that is being listed already
                }
                if (failure instanceof NoSuchFileException && !file.equals(start)) {
                    return FileVisitResult.CONTINUE; // somebody removed it meanwhile
                }
                throw failure;
            }

            private boolean add(java.nio.file.Path path, BasicFileAttributes attributes) {
                boolean hidden = path.getFileName().toString().startsWith(".");
                return !hidden
                        && entries.add(new Entry(
                                "file:" + path,
                                attributes.isDirectory(),
                                attributes.size(),
                                attributes.lastModifiedTime().toMillis()));
            }
        });
        return entries;
    }
}
