package org.speechemotion.spark;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.speechemotion.archive.Archives;
import org.speechemotion.archive.RandomAccess;
import org.speechemotion.audio.AudioSource;
import org.speechemotion.weights.Sha256;

/**
 * The bytes of a task's inputs, in files and in archives. What is read is hashed on the way, and where the table has that
 * content already, the reading ends in an exception: there is nothing to decode. Thread-safe.
 */
final class TaskAudio implements AudioSource {
    private final Map<String, ScoringInput> inputs;
    private final KnownContents known;
    private final Configuration configuration;
    private final HadoopAudio files;
    private final Map<String, String> contents = new ConcurrentHashMap<>();

    /** Inputs by their paths. */
    TaskAudio(Map<String, ScoringInput> inputs, KnownContents known, Configuration configuration) {
        this.inputs = inputs;
        this.known = known;
        this.configuration = configuration;
        files = new HadoopAudio(configuration);
    }

    @Override
    public byte[] read(String path, long most) throws IOException {
        byte[] bytes = bytes(path, most);
        String content = Sha256.of(bytes);
        contents.put(path, content);
        if (known.mayHave(content)) {
            throw new IOException("the table has this content already");
        }
        return bytes;
    }

    private byte[] bytes(String path, long most) throws IOException {
        if (inputs.get(path) instanceof ScoringInput.Entry entry) {
            try (RandomAccess archive = HadoopArchive.open(entry.archive(), configuration)) {
                return Archives.read(archive, entry.entry(), most);
            }
        }
        return files.read(path, most);
    }

    /** SHA-256 of what was read, in hex; null where nothing was. */
    String content(String path) {
        return contents.get(path);
    }

    /** Whether it was read, and left undecoded. */
    boolean isKnown(String path) {
        return contents.containsKey(path) && known.mayHave(contents.get(path));
    }
}
