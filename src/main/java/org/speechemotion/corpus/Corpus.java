package org.speechemotion.corpus;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.speechemotion.plugin.Plugin;

/** Reads the file names and labels of a corpus. The audio itself is not opened. */
public interface Corpus extends Plugin {
    /**
     * Returns one entry for every recording, in a fixed order.
     *
     * @param files the files of the corpus
     * @param options the values of the keys in {@link #options()}; missing keys have defaults
     * @throws IllegalArgumentException if an option is unknown or has a value that is not allowed, or the corpus as a
     *     whole is invalid or contradictory
     * @throws IOException if the files cannot be listed or read
     */
    List<Entry> read(CorpusFiles files, Map<String, String> options) throws IOException;

    /** Returns the option keys of {@link #read}; a key that ends in a dot stands for all keys that begin with it. */
    Set<String> options();
}
