package org.speechemotion.hub;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.speechemotion.common.AtomicFiles;
import org.speechemotion.common.StrictJson;

/**
 * The progress of a fetch, stored as {@code .fetch/record.json} in its folder.
 *
 * @param repository {@code owner/name}
 * @param revision the revision as the user named it
 * @param commit the commit of the revision at the first response, to which all files belong; {@code ""} if unknown
 * @param files the complete files by name
 * @param complete whether no file is missing
 */
@JsonIgnoreProperties(ignoreUnknown = true) // earlier builds have more fields
record FetchRecord(String repository, String revision, String commit, Map<String, Content> files, boolean complete) {
    private static final int MAX_BYTES = 4 << 20;
    private static final ObjectMapper JSON = StrictJson.mapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** The size in bytes and the SHA-256 of a complete file. */
    record Content(long bytes, String sha256) {}

    FetchRecord {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(revision, "revision");
        Objects.requireNonNull(commit, "commit");
        files = new TreeMap<>(files);
    }

    static FetchRecord of(Repository repository) {
        return new FetchRecord(repository.id(), repository.revision(), "", Map.of(), false);
    }

    FetchRecord withCommit(String value) {
        return new FetchRecord(repository, revision, value, files, complete);
    }

    FetchRecord withoutFile(String name) {
        FetchRecord changed = new FetchRecord(repository, revision, commit, files, false);
        changed.files.remove(name);
        return changed;
    }

    FetchRecord withFile(String name, Content content) {
        FetchRecord changed = new FetchRecord(repository, revision, commit, files, complete);
        changed.files.put(name, content);
        return changed;
    }

    FetchRecord completed() {
        return new FetchRecord(repository, revision, commit, files, true);
    }

    /**
     * Reads a record.
     *
     * @throws HubException if it is damaged
     */
    static FetchRecord read(Path file) throws IOException {
        try {
            if (Files.size(file) <= MAX_BYTES) {
                FetchRecord record = JSON.readValue(Files.readAllBytes(file), FetchRecord.class);
                if (record != null) {
                    return record;
                }
            }
        } catch (JsonProcessingException e) {
            // Handled like a record that is too large.
        }
        throw new HubException(file + " is damaged; delete the folder and fetch it again");
    }

    /** Replaces the stored record. */
    void write(Path file) throws IOException {
        AtomicFiles.write(file, JSON.writeValueAsBytes(this));
    }
}
