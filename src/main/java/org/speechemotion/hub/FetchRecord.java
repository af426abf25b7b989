package org.speechemotion.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a fetch has brought into a folder so far: {@code .fetch/record.json} in it.
 *
 * @param repository {@code owner/name}
 * @param revision as the user named it
 * @param commit that it stood for at the first answer, {@code ""} where the hub does not say; all files are of this one
 * @param files those that are whole, by name
 * @param partial the entity tags of those that are not, by name
 * @param complete whether nothing is missing
 */
record FetchRecord(
        String repository,
        String revision,
        String commit,
        Map<String, Content> files,
        Map<String, String> partial,
        boolean complete) {
    private static final int MAXIMUM_BYTES = 4 << 20;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** A whole file's size in bytes and its digest, in lower-case hexadecimal. */
    record Content(long bytes, String sha256) {}

    FetchRecord {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(revision, "revision");
        Objects.requireNonNull(commit, "commit");
        files = new TreeMap<>(files);
        partial = new TreeMap<>(partial);
    }

    static FetchRecord of(Repository repository) {
        return new FetchRecord(repository.id(), repository.revision(), "", Map.of(), Map.of(), false);
    }

    FetchRecord withCommit(String value) {
        return new FetchRecord(repository, revision, value, files, partial, complete);
    }

    FetchRecord withPartial(String name, String tag) {
        FetchRecord changed = new FetchRecord(repository, revision, commit, files, partial, false);
        changed.files.remove(name);
        changed.partial.put(name, tag);
        return changed;
    }

    FetchRecord withFile(String name, Content content) {
        FetchRecord changed = new FetchRecord(repository, revision, commit, files, partial, complete);
        changed.partial.remove(name);
        changed.files.put(name, content);
        return changed;
    }

    FetchRecord completed() {
        return new FetchRecord(repository, revision, commit, files, Map.of(), true);
    }

    /**
     * Reads it.
     *
     * @throws HubException if it is damaged
     */
    static FetchRecord read(Path file) throws IOException {
        try {
            if (Files.size(file) <= MAXIMUM_BYTES) {
                FetchRecord record = JSON.readValue(Files.readAllBytes(file), FetchRecord.class);
                if (record != null) {
                    return record;
                }
            }
        } catch (JsonProcessingException e) {
            // As one that is too large.
        }
        throw new HubException(file + " is damaged: delete the folder, and fetch it anew");
    }

    /** Writes it, so that there is the old one or the new one at any time. */
    void write(Path file) throws IOException {
        Path next = file.resolveSibling("record.json.next");
        Files.write(next, JSON.writeValueAsBytes(this));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
