package org.speechemotion.spark.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.speechemotion.common.LocalPaths;
import org.speechemotion.corpus.CorpusFiles;

/** Lists the files that an input names on any Hadoop file system: a file, a folder, or a glob in which ** crosses folders. */
public final class FileListing {
    private static final Pattern GLOB = Pattern.compile("[*?\\[{]");
    private static final java.nio.file.Path ROOT = java.nio.file.Path.of("/");

    private FileListing() {}

    /**
     * Lists the paths of the files.
     *
     * @param input a file; a folder, for all files below it; or a glob ({@code *}, {@code ?}, {@code **}, {@code [a-z]},
     *     {@code {wav,mp3}}), for the files that match it. Hidden files, whose names or folders begin with a dot, are left out
     *     unless the input names the file or the folder in full
     * @return distinct and sorted; a folder that is named like an audio file is included, so that it is not lost silently, and
     *     so is a folder that could not be listed, because its content is unknown
     * @throws FileNotFoundException if there is no such file or folder
     * @throws IllegalArgumentException if the glob is malformed
     */
    public static List<String> of(String input, Configuration configuration) throws IOException {
        return entries(input, configuration).stream().map(FileTree.Entry::path).toList();
    }

    /** Lists the files with their sizes and times. */
    public static List<FileTree.Entry> entries(String input, Configuration configuration) throws IOException {
        Path path = new Path(input);
        FileSystem fileSystem = path.getFileSystem(configuration);
        Optional<FileTree.Entry> there = FileTree.find(path, configuration);
        if (there.isPresent()) {
            return there.get().folder()
                    ? inputs(path, Integer.MAX_VALUE, anything -> true, configuration)
                    : List.of(there.get());
        }
        Deque<String> glob = new ArrayDeque<>();
        Path base = path;
        while (GLOB.matcher(base.toUri().getPath()).find()) {
            glob.addFirst(base.getName());
            base = base.getParent();
        }
        if (!fileSystem.exists(base)) {
            throw new FileNotFoundException(
                    input + (glob.isEmpty() ? " does not exist" : " matches nothing: " + base + " does not exist"));
        }
        PathMatcher matcher = matcher(glob, input);
        java.nio.file.Path start = local(fileSystem.makeQualified(base));
        int depth = input.contains("**") ? Integer.MAX_VALUE : glob.size();
        return inputs(
                base,
                depth,
                file -> matcher.matches(ROOT.resolve(start.relativize(local(new Path(file))))),
                configuration);
    }

    private static List<FileTree.Entry> inputs(
            Path root, int depth, Predicate<String> wanted, Configuration configuration) throws IOException {
        return FileTree.below(root, depth, configuration).stream()
                .filter(entry -> isUnlisted(entry)
                        || ((!entry.folder() || CorpusFiles.isAudio(entry.path())) && wanted.test(entry.path())))
                .toList();
    }

    private static boolean isUnlisted(FileTree.Entry entry) {
        return entry.folder() && entry.failed();
    }

    /** Compiles a glob for paths relative to the folder that it starts from. */
    private static PathMatcher matcher(Deque<String> glob, String input) {
        // In a shell, a/**/b is also a/b.
        String pattern = ("/" + String.join("/", glob)).replaceAll("(/\\*\\*)+/", "{/,/**/}");
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(input + " is not a glob: " + e.getDescription(), e);
        }
    }

    /** A path without its file system, for Java's globs. */
    private static java.nio.file.Path local(Path path) {
        return LocalPaths.of(path.toUri().getPath());
    }
}
