package org.speechemotion.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;

/** The files of a corpus on the local file system, with absolute paths. Symbolic links are followed. */
public final class LocalFiles implements CorpusFiles {
    private final Path root;

    /**
     * Creates a view of the files below a root.
     *
     * @param root a folder, or a manifest file; relative to the working directory if not absolute
     */
    public LocalFiles(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public String root() {
        return root.toString();
    }

    @Override
    public List<String> audioFiles() throws IOException {
        if (!Files.exists(root)) {
            throw new NoSuchFileException(root.toString(), null, "no such folder");
        }
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException(root.toString());
        }
        List<String> found = new ArrayList<>();
        Files.walkFileTree(
                root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        // Reading a pipe or a device might never end.
                        if (!attributes.isOther() && CorpusFiles.isAudio(file.toString())) {
                            found.add(file.toString());
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                        if (failure instanceof FileSystemLoopException) {
                            return FileVisitResult.CONTINUE; // a link to a folder that is already being listed
                        }
                        throw failure;
                    }
                });
        Collections.sort(found);
        return Collections.unmodifiableList(found);
    }

    @Override
    public InputStream open(String path) throws IOException {
        return Files.newInputStream(Path.of(path));
    }

    @Override
    public String resolve(String base, String relative) {
        return Path.of(base).resolveSibling(relative).normalize().toString();
    }

    @Override
    public boolean exists(String path) {
        return Files.isRegularFile(Path.of(path));
    }

    @Override
    public String identity(String path) throws IOException {
        return Path.of(path).toRealPath().toString();
    }
}
