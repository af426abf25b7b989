package org.speechemotion.spark.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.speechemotion.corpus.CorpusFiles;

/** Lists the files that an input names on any Hadoop file system: a file, a folder, or a glob in which ** crosses folders. */
public final class FileListing {
    private FileListing() {}

    /**
     * Lists files with their sizes and times.
     *
     * @param input a file; a folder, for all files below it; or a glob ({@code *}, {@code ?}, {@code **}, {@code [a-z]},
     *     {@code {wav,mp3}}), for the files that match it. Hidden files, whose names or folders begin with a dot, are left out
     *     unless the input names the file or the folder in full
     * @return distinct and sorted; a folder that is named like an audio file is included, so that it is not lost silently, and
     *     so is a folder that could not be listed, because its content is unknown
     * @throws FileNotFoundException if there is no such file or folder
     * @throws IllegalArgumentException if the glob is malformed
     */
    public static List<FileTree.Entry> entries(String input, Configuration configuration) throws IOException {
        Path path = new Path(input);
        FileSystem fileSystem = path.getFileSystem(configuration);
        Optional<FileTree.Entry> there = FileTree.find(path, configuration);
        if (there.isPresent()) {
            return there.get().folder()
                    ? inputs(path, Integer.MAX_VALUE, anything -> true, configuration)
                    : List.of(there.get());
        }
        InputPattern pattern = InputPattern.of(input, configuration);
        Path base = pattern.base();
        if (!fileSystem.exists(base)) {
            throw new FileNotFoundException(input
                    + (pattern.levels() == 0 ? " does not exist" : " matches nothing: " + base + " does not exist"));
        }
        int depth = input.contains("**") ? Integer.MAX_VALUE : pattern.levels();
        return inputs(base, depth, pattern::matches, configuration);
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
}
