package org.speechemotion.corpus;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Files that exist only as a map from path to text. */
final class MemoryFiles implements CorpusFiles {
    private final String root;
    private final SortedMap<String, String> texts = new TreeMap<>();

    MemoryFiles(String root) {
        this.root = root;
    }

    /** Audio files below the root {@code /corpus}. */
    static MemoryFiles ofAudio(String... names) {
        MemoryFiles files = new MemoryFiles("/corpus");
        for (String name : names) {
            files.with("/corpus/" + name, "");
        }
        return files;
    }

    MemoryFiles with(String path, String text) {
        texts.put(path, text);
        return this;
    }

    @Override
    public String root() {
        return root;
    }

    @Override
    public List<String> audioFiles() {
        return texts.keySet().stream()
                .filter(path -> path.startsWith(root + "/") && CorpusFiles.isAudio(path))
                .toList();
    }

    @Override
    public InputStream open(String path) throws IOException {
        if (!exists(path)) {
            throw new FileNotFoundException(path);
        }
        return new ByteArrayInputStream(texts.get(path).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String resolve(String base, String relative) {
        if (relative.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a path has no NUL character");
        }
        return relative.startsWith("/") ? relative : base.substring(0, base.lastIndexOf('/') + 1) + relative;
    }

    @Override
    public boolean exists(String path) {
        return texts.containsKey(path);
    }
}
