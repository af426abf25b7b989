package org.speechemotion.spark.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.speechemotion.corpus.CorpusFiles;

/** The files of a corpus on any Hadoop file system, by qualified paths, which mean the same on every executor. */
public final class HadoopFiles implements CorpusFiles {
    private final Path root;
    private final Configuration configuration;
    private List<FileTree.Entry> unlisted = List.of();

    public HadoopFiles(String root, Configuration configuration) throws IOException {
        Path path = new Path(root);
        this.root = path.getFileSystem(configuration).makeQualified(path);
        this.configuration = configuration;
    }

    @Override
    public String root() {
        return root.toString();
    }

    @Override
    public List<String> audioFiles() throws IOException {
        List<FileTree.Entry> entries = FileTree.below(root, Integer.MAX_VALUE, configuration);
        unlisted = entries.stream()
                .filter(entry -> entry.folder() && entry.failed())
                .toList();
        return entries.stream()
                .filter(entry -> !entry.folder())
                .map(FileTree.Entry::path)
                .filter(CorpusFiles::isAudio)
                .toList();
    }

    /** Returns the folders that the last call of {@link #audioFiles} could not list. */
    public List<FileTree.Entry> unlisted() {
        return unlisted;
    }

    @Override
    public InputStream open(String path) throws IOException {
        Path file = new Path(path);
        return file.getFileSystem(configuration).open(file);
    }

    @Override
    public String resolve(String base, String relative) {
        if (relative.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a path has no NUL character");
        }
        return new Path(new Path(base).getParent(), relative).toString();
    }

    @Override
    public boolean exists(String path) throws IOException {
        Path file = new Path(path);
        try {
            return file.getFileSystem(configuration).getFileStatus(file).isFile();
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    /** Resolves symbolic links, which only the local file system has. */
    @Override
    public String identity(String path) throws IOException {
        Path file = new Path(path);
        boolean local = file.getFileSystem(configuration).getUri().getScheme().equals("file");
        return local
                ? java.nio.file.Path.of(file.toUri().getPath()).toRealPath().toString()
                : path;
    }
}
