package org.speechemotion.corpus;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.speechemotion.plugin.Plugin;

/** Knows how one corpus names and labels its recordings. The audio itself is not opened. */
public interface Corpus extends Plugin {
    /**
     * One entry for every recording, in a fixed order.
     *
     * @param options values of the keys in {@link #options()}; a missing key has its default
     * @throws IllegalArgumentException if an option is unknown or has a value that is not allowed, or the corpus as a whole
     *     cannot be understood or contradicts itself
     * @throws IOException if the files cannot be listed or read
     */
    List<Entry> read(CorpusFiles files, Map<String, String> options) throws IOException;

    /** The keys that {@link #read} knows; one that ends in a dot stands for all keys that begin with it. */
    Set<String> options();
}
