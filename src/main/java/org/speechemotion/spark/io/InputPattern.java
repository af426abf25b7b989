package org.speechemotion.spark.io;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.speechemotion.common.LocalPaths;

/**
 * The paths that an input names: a file, the files of a folder or an archive, or those that match a glob, in which ** crosses
 * folders. Nothing needs to exist.
 */
public final class InputPattern implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Pattern GLOB = Pattern.compile("[*?\\[{]");
    private static final java.nio.file.Path ROOT = java.nio.file.Path.of("/");
    /** The separator between an archive and the name of an entry. */
    private static final String INSIDE = "!/";

    private final String input;
    private final String base;
    private final String glob;
    private final int levels;
    private transient PathMatcher matcher;

    private InputPattern(String input, Path base, Deque<String> glob) {
        this.input = input;
        this.base = base.toString();
        // In a shell, a/**/b is also a/b.
        this.glob = ("/" + String.join("/", glob)).replaceAll("(/\\*\\*)+/", "{/,/**/}");
        levels = glob.size();
    }

    /**
     * Reads an input.
     *
     * @throws IllegalArgumentException if the glob is malformed
     */
    public static InputPattern of(String input, Configuration configuration) throws IOException {
        Deque<String> glob = new ArrayDeque<>();
        Path base = new Path(input);
        while (GLOB.matcher(base.toUri().getPath()).find()) {
            glob.addFirst(base.getName());
            base = base.getParent();
        }
        // The name of the working folder, which is added to a relative path, is not a glob.
        base = base.getFileSystem(configuration).makeQualified(base);
        InputPattern pattern = new InputPattern(input, base, glob);
        pattern.matcher();
        return pattern;
    }

    /** Returns the folder that the glob starts from, or the file or folder itself. */
    Path base() {
        return new Path(base);
    }

    /** Returns the number of levels below the {@link #base}; 0 without a glob. */
    int levels() {
        return levels;
    }

    /** Returns whether a qualified path, or the archive that it is in, is named by the input. */
    public boolean matches(String path) {
        int inside = path.indexOf(INSIDE);
        return matchesAll(path) || (inside >= 0 && matchesAll(path.substring(0, inside)));
    }

    private boolean matchesAll(String path) {
        if (levels == 0) {
            return path.equals(base) || path.startsWith(base.endsWith("/") ? base : base + "/");
        }
        java.nio.file.Path start = local(base);
        java.nio.file.Path file = local(path);
        return sameFileSystem(path)
                && file.startsWith(start)
                && matcher().matches(ROOT.resolve(start.relativize(file)));
    }

    private boolean sameFileSystem(String path) {
        return path.startsWith(
                base.substring(0, base.length() - base().toUri().getPath().length()));
    }

    private PathMatcher matcher() {
        if (matcher == null) {
            try {
                matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(input + " is not a glob: " + e.getDescription(), e);
            }
        }
        return matcher;
    }

    /** Returns a path without its file system, for Java's globs. */
    private static java.nio.file.Path local(String path) {
        return LocalPaths.of(new Path(path).toUri().getPath());
    }
}
