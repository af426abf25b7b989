package org.speechemotion.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The files of a corpus on any file system. Paths are strings that this object has returned. */
public interface CorpusFiles {
    /** The extensions of audio files, in lower case. */
    Set<String> EXTENSIONS = Set.of(
            "wav", "flac", "mp3", "mp2", "opus", "ogg", "oga", "spx", "m4a", "m4b", "aac", "3gp", "amr", "awb", "aif",
            "aiff", "aifc", "au", "caf", "w64", "sph", "wma", "wv", "tta", "voc", "mka", "gsm", "g722", "ul", "ulaw",
            "pcmu", "al", "alaw", "pcma", "sln", "sln16");

    /** Returns the folder of the corpus, or the manifest file. */
    String root();

    /**
     * Returns all files below the root, at any depth, that have an {@linkplain #isAudio audio extension}, sorted.
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

    /**
     * Returns whether a name has the extension of audio, in any case. Extensions of video are not among them, although its
     * sound can be decoded: a corpus may have both.
     */
    static boolean isAudio(String name) {
        return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
