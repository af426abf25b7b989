package org.speechemotion.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** What a corpus reads from, whatever the file system. Paths are strings that this object itself gave or resolved. */
public interface CorpusFiles {
    /** The folder, or for a manifest the file, that holds the corpus. */
    String root();

    /**
     * Every file below the root, at any depth, with the extension wav, flac or mp3 in any case, sorted.
     *
     * @throws IOException if the root is not a folder or cannot be listed
     */
    List<String> audioFiles() throws IOException;

    /** Opens a file. */
    InputStream open(String path) throws IOException;

    /**
     * The path that {@code relative} means when it is written in the file {@code base}: itself if it is absolute,
     * otherwise relative to the folder that {@code base} is in.
     *
     * @throws IllegalArgumentException if it can be no path on this file system
     */
    String resolve(String base, String relative);

    /** Whether there is a file at the path. */
    boolean exists(String path) throws IOException;

    /** A text that two paths of one file share, where a file can have several, as by symbolic links. */
    default String identity(String path) throws IOException {
        return path;
    }

    /** Whether a name ends in an audio extension: wav, flac or mp3 in any case. */
    static boolean isAudio(String name) {
        return List.of(".wav", ".flac", ".mp3").stream()
                .anyMatch(end -> name.regionMatches(true, name.length() - end.length(), end, 0, end.length()));
    }
}
