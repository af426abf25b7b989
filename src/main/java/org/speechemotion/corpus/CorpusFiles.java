package org.speechemotion.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The files of a corpus on any file system. Paths are strings that this object has returned. */
public interface CorpusFiles {
    /** Returns the folder of the corpus, or the manifest file. */
    String root();

    /**
     * Returns all files below the root, at any depth, with the extension wav, flac or mp3 in any case, sorted.
     *
     * @throws IOException if the root is not a folder or cannot be listed
     */
    List<String> audioFiles() throws IOException;

    /** Opens a file. */
    InputStream open(String path) throws IOException;

    /**
     * Resolves a path that is written in the file {@code base}: an absolute path is unchanged, and a relative one is
     * relative to the folder of {@code base}.
     *
     * @throws IllegalArgumentException if it is not a valid path on this file system
     */
    String resolve(String base, String relative);

    /** Returns whether there is a file at a path. */
    boolean exists(String path) throws IOException;

    /** Returns a text that is equal for all paths of the same file, for example if there are symbolic links. */
    default String identity(String path) throws IOException {
        return path;
    }

    /** Returns whether a name has an audio extension: wav, flac or mp3 in any case. */
    static boolean isAudio(String name) {
        return List.of(".wav", ".flac", ".mp3").stream()
                .anyMatch(end -> name.regionMatches(true, name.length() - end.length(), end, 0, end.length()));
    }
}
