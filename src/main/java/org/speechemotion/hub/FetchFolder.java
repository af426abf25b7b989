package org.speechemotion.hub;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.speechemotion.common.AtomicFiles;
import org.speechemotion.common.ProcessLock;
import org.speechemotion.common.Sha256;

/**
 * The target folder of a fetch, which is locked against other fetches while it is open. On a file system without locks two fetches
 * at a time can only spoil each other's parts, which are verified before they get their names.
 */
final class FetchFolder implements AutoCloseable {
    private final Path folder;
    private final ProcessLock lock;
    private FetchRecord record;

    private FetchFolder(Path folder, ProcessLock lock, FetchRecord record) {
        this.folder = folder;
        this.lock = lock;
        this.record = record;
    }

    /**
     * Opens or creates the folder and continues an earlier fetch.
     *
     * @throws FileAlreadyExistsException if the folder belongs to another repository
     * @throws HubException if another fetch uses it
     */
    static FetchFolder open(Path folder, Repository repository) throws IOException {
        Path state = Files.createDirectories(folder.resolve(".fetch"));
        ProcessLock lock = ProcessLock.tryTake(state.resolve("lock"))
                .orElseThrow(() -> new HubException("another fetch uses " + folder + "; wait for it or stop it"));
        try {
            Path file = state.resolve("record.json");
            FetchRecord record = Files.exists(file) ? FetchRecord.read(file) : FetchRecord.of(repository);
            if (!record.repository().equals(repository.id())
                    || !record.revision().equals(repository.revision())) {
                throw new FileAlreadyExistsException(folder + " contains " + record.repository() + " at revision "
                        + record.revision() + "; choose another folder for " + repository + " or delete it");
            }
            return new FetchFolder(folder, lock, record);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    Path part(String name) {
        return folder.resolve(name + ".part");
    }

    /** Returns whether an earlier fetch was complete; files may have been removed since. */
    boolean isComplete() {
        return record.complete();
    }

    /** Returns the names of the complete files. */
    Set<String> files() {
        return record.files().keySet();
    }

    /** Returns the commit of all files; {@code ""} if the hub does not send it. */
    String commit() {
        return record.commit();
    }

    /**
     * Returns whether the file exists and is undamaged.
     *
     * @throws FileAlreadyExistsException if the file exists but was not fetched
     */
    boolean has(String name) throws IOException {
        FetchRecord.Content content = record.files().get(name);
        if (!Files.exists(file(name))) {
            return false;
        }
        if (content == null) {
            throw new FileAlreadyExistsException(
                    file(name) + " already exists and was not fetched; choose another folder or delete it");
        }
        return Files.size(file(name)) == content.bytes()
                && Sha256.of(file(name)).equals(content.sha256());
    }

    /**
     * Returns the number of bytes that need not be fetched again. Only a known commit guarantees that they belong to the
     * content that the hub sends now.
     */
    long resumableBytes(String name) throws IOException {
        return commit().isEmpty() || !Files.isRegularFile(part(name)) ? 0 : Files.size(part(name));
    }

    /** Records the commit of the first response, and discards a part that the response replaces. */
    void begin(String name, HubResponse response) throws IOException {
        if (commit().isEmpty() && response.commit().isPresent()) {
            save(record.withCommit(response.commit().get()));
        }
        if (response.start() == 0) {
            Files.deleteIfExists(part(name));
        }
        save(record.withoutFile(name));
    }

    /** Gives a complete, verified file its final name. After a crash in between, the file is fetched again. */
    void finish(String name) throws IOException {
        FetchRecord.Content content = new FetchRecord.Content(Files.size(part(name)), Sha256.of(part(name)));
        save(record.withFile(name, content));
        AtomicFiles.move(part(name), file(name));
    }

    void discard(String name) throws IOException {
        Files.deleteIfExists(part(name));
    }

    void complete() throws IOException {
        save(record.completed());
    }

    /** Returns the repository at the commit of the first response, so that files of a moving branch are never mixed. */
    Repository pinned(Repository repository) {
        return record.commit().isEmpty() ? repository : repository.at(record.commit());
    }

    private void save(FetchRecord changed) throws IOException {
        changed.write(folder.resolve(".fetch").resolve("record.json"));
        record = changed;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
